import { describe, expect, it } from 'vitest';
import { compileStates, PASS, TASK } from './testing/run-definition.ts';

const choice = (rule: Record<string, unknown>) => ({ Type: 'Choice', Choices: [{ ...rule, Next: 'B' }] });
const B = { Type: 'Succeed' };
const isOne = { Variable: '$.x', NumericEquals: 1 };
const retry = (...Retry: unknown[]) => ({ ...TASK, Retry, End: true });
const any = { ErrorEquals: ['States.ALL'] };
const inner = (name: string, state: Record<string, unknown> = PASS) => ({ StartAt: name, States: { [name]: state } });

describe('is refused as not supported', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['an intrinsic function', { ...PASS, Parameters: { 'x.$': "States.Format('{}', $.a)" } }, 'intrinsic function'],
    ['an intrinsic function as ErrorPath', { Type: 'Fail', ErrorPath: 'States.UUID()' }, 'intrinsic function'],
    ['a filter', { ...PASS, InputPath: '$.list[?(@.x > 1)]' }, 'path $.list[?(@.x > 1)]'],
    ['a wildcard', { ...PASS, InputPath: '$.list[*].x' }, 'path $.list[*].x'],
    ['a slice', { ...PASS, OutputPath: '$.list[0:2]' }, 'path'],
    ['a descent', { ...PASS, InputPath: '$..x' }, 'path'],
    ['a variable', { ...PASS, Parameters: { 'x.$': '$stored' } }, 'path $stored'],
    ['a task token', { ...TASK, Parameters: { 't.$': '$$.Task.Token' }, End: true }, 'context path $$.Task.Token'],
    [
      'a distributed Map',
      { Type: 'Map', End: true, ItemProcessor: { ...inner('I'), ProcessorConfig: { Mode: 'DISTRIBUTED' } } },
      'distributed Map',
    ],
    ['an ItemReader', { Type: 'Map', End: true, ItemProcessor: inner('I'), ItemReader: {} }, 'state A: ItemReader'],
    ['JSONata in one state', { ...PASS, QueryLanguage: 'JSONata' }, 'JSONata'],
    ['Output', { ...PASS, Output: '{% 1 %}' }, 'state A: Output'],
    ['a heartbeat', { ...TASK, HeartbeatSeconds: 5, End: true }, 'state A: HeartbeatSeconds'],
    ['an unknown comparison', choice({ Variable: '$.x', NumericAlmost: 1 }), 'state A, Choices: NumericAlmost'],
  ];
  it.each(cases)('%s', (_name, A, message) => {
    expect(() => compileStates({ A, B })).toThrow(expect.objectContaining({ code: 'NotSupportedByLocalAws' }));
    expect(() => compileStates({ A, B })).toThrow(message);
  });
});

describe('is refused as invalid', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['no Type', { End: true }, 'Type undefined'],
    ['an unknown Type', { Type: 'Loop' }, 'Type Loop'],
    ['neither Next nor End', { Type: 'Pass' }, 'Next is missing'],
    ['both Next and End', { ...PASS, Next: 'B' }, 'only one of Next, End'],
    ['a target that is not there', { Type: 'Pass', Next: 'Z' }, 'there is no state Z'],
    ['a choice to nowhere', { Type: 'Choice', Choices: [{ ...isOne, Next: 'Z' }] }, 'there is no state Z'],
    ['a Default to nowhere', { ...choice(isOne), Default: 'Z' }, 'there is no state Z'],
    ['a catcher to nowhere', { ...TASK, Catch: [{ ...any, Next: 'Z' }], Next: 'B' }, 'there is no state Z'],
    [
      'a branch that leads out of itself',
      { Type: 'Parallel', Next: 'B', Branches: [inner('I', { Type: 'Pass', Next: 'B' })] },
      'there is no state B',
    ],
    ['a state nobody leads to', PASS, 'state B is not reachable'],
    ['a name that is there twice', { Type: 'Parallel', Next: 'B', Branches: [inner('B')] }, 'DUPLICATE_STATE_NAME: B'],
    ['a path that is none', { ...PASS, InputPath: 'a.b' }, '"a.b" is not a path'],
    ['a path that is a number', { ...PASS, Parameters: { 'x.$': 5 } }, '5 is not a path'],
    ['a ResultPath into the context', { ...PASS, ResultPath: '$$.State' }, 'ResultPath'],
    ['no choices', { Type: 'Choice', Choices: [] }, 'Choices is not a list'],
    ['a rule without operator', choice({ Variable: '$.x' }), 'comparison operator is missing'],
    ['a rule with two', choice({ ...isOne, IsNumeric: true }), 'only one of'],
    ['a rule without Variable', choice({ NumericEquals: 1 }), 'Variable is missing'],
    [
      'a rule with a value of another type',
      choice({ Variable: '$.x', NumericEquals: '1' }),
      'NumericEquals is not of its type',
    ],
    [
      'a timestamp that is none',
      choice({ Variable: '$.x', TimestampEquals: 'noon' }),
      'TimestampEquals is not of its type',
    ],
    ['a test of neither true nor false', choice({ Variable: '$.x', IsNull: 1 }), 'IsNull is not a boolean'],
    ['a pattern with another escape', choice({ Variable: '$.x', StringMatches: '\\d' }), 'StringMatches'],
    ['an And of nothing', choice({ And: [] }), 'And is not a list'],
    ['a Variable beside Not', choice({ Variable: '$.x', Not: isOne }), 'Variable beside Not'],
    ['no wait', { Type: 'Wait', Next: 'B' }, 'one of Seconds'],
    ['two waits', { Type: 'Wait', Seconds: 1, SecondsPath: '$.s', Next: 'B' }, 'only one of'],
    ['a negative wait', { Type: 'Wait', Seconds: -1, Next: 'B' }, 'Seconds is not valid'],
    ['a wait until nothing', { Type: 'Wait', Timestamp: 'noon', Next: 'B' }, 'Timestamp is not valid'],
    ['Error and ErrorPath', { Type: 'Fail', Error: 'E', ErrorPath: '$.e' }, 'only one of Error, ErrorPath'],
    ['a timeout of 0', { ...TASK, TimeoutSeconds: 0, Next: 'B' }, 'TimeoutSeconds'],
    ['no branches', { Type: 'Parallel', Branches: [], Next: 'B' }, 'Branches is not a list'],
    ['no processor', { Type: 'Map', Next: 'B' }, 'ItemProcessor is missing'],
    [
      'a broken concurrency',
      { Type: 'Map', ItemProcessor: inner('I'), MaxConcurrency: 1.5, Next: 'B' },
      'not an integer',
    ],
    ['a retrier of nothing', retry({ ErrorEquals: [] }), 'ErrorEquals is not a list'],
    ['a retrier of numbers', retry({ ErrorEquals: [1] }), 'not a string'],
    ['States.ALL beside others', retry({ ErrorEquals: ['E', 'States.ALL'] }), 'States.ALL must be alone'],
    ['States.ALL before others', retry(any, { ErrorEquals: ['E'] }), 'come last'],
    ['an interval of 0', retry({ ...any, IntervalSeconds: 0 }), 'IntervalSeconds'],
    ['half an attempt', retry({ ...any, MaxAttempts: 0.5 }), 'MaxAttempts is not an integer'],
    ['a rate below 1', retry({ ...any, BackoffRate: 0.5 }), 'BackoffRate'],
    ['an unknown jitter', retry({ ...any, JitterStrategy: 'HALF' }), 'JitterStrategy HALF'],
  ];
  it.each(cases)('%s', (_name, A, message) => {
    expect(() => compileStates({ A, B })).toThrow(expect.objectContaining({ code: 'InvalidDefinition' }));
    expect(() => compileStates({ A, B })).toThrow(message);
  });
});
