import { describe, expect, it } from 'vitest';
import { outputOf, PASS, runStates, TASK } from '../testing/run-definition.ts';

const INPUT = { order: { id: 'o1', fills: [{ price: 1 }, { price: 2 }], nothing: null }, 'a-b': 3, 'two words': 4 };

describe('paths', () => {
  const found: [path: string, value: unknown][] = [
    ['$', INPUT],
    ['$.order', INPUT.order],
    ['$.order.id', 'o1'],
    ['$.order.fills[1]', { price: 2 }],
    ['$.order.fills[1].price', 2],
    ['$.order.nothing', null],
    ["$['order']['id']", 'o1'],
    ['$["two words"]', 4],
    ["$['a-b']", 3],
    ['$.a-b', 3],
  ];
  it.each(found)('%s finds %j', async (path, value) => {
    expect(await outputOf({ ...PASS, InputPath: path }, INPUT)).toEqual(value);
  });

  it.each([
    '$.absent',
    '$.order.nothing.at',
    '$.order.fills[2]',
    '$.order[0]',
    '$.order.fills.length',
    '$.order.id.length',
    '$.constructor',
    '$.order.__proto__',
  ])('%s finds nothing', async (path) => {
    expect(await outputOf({ ...PASS, InputPath: path }, INPUT)).toEqual({ error: 'States.Runtime' });
  });
});

describe('the context object', () => {
  const cases: [path: string, value: unknown][] = [
    ['$$.Execution.Id', 'arn:e'],
    ['$$.Execution.Name', 'e1'],
    ['$$.Execution.RoleArn', 'arn:role'],
    ['$$.Execution.StartTime', '2026-03-02T12:00:00.000Z'],
    ['$$.Execution.Input.x', 1],
    ['$$.StateMachine.Id', 'arn:m'],
    ['$$.StateMachine.Name', 'm1'],
    ['$$.State', { Name: 'B', EnteredTime: '2026-03-02T12:00:03.000Z', RetryCount: 0 }],
  ];
  it.each(cases)('%s is %j', async (path, value) => {
    const States = { A: { Type: 'Wait', Seconds: 3, Next: 'B' }, B: { ...PASS, Parameters: { 'it.$': path } } };
    expect((await runStates(States, { x: 1 })).output).toEqual({ it: value });
  });

  it('knows the execution within a branch, as without', async () => {
    const branch = { StartAt: 'B', States: { B: { ...PASS, InputPath: '$$.Execution.Input' } } };
    const state = { Type: 'Parallel', InputPath: '$.x', Branches: [branch], End: true };
    expect(await outputOf(state, { x: 1 })).toEqual([{ x: 1 }]);
  });

  it('counts retries', async () => {
    const counts: unknown[] = [];
    const A = { ...TASK, Parameters: { 'count.$': '$$.State.RetryCount' }, Retry: [{ ErrorEquals: ['States.ALL'] }] };
    const States = { A: { ...A, TimeoutSeconds: 1, End: true } };
    await runStates(States, {}, (input) => {
      counts.push((input as { count: number }).count);
      return new Promise(() => {});
    });
    expect(counts).toEqual([0, 1, 2, 3]);
  });
});

describe('Pass', () => {
  const cases: [string, Record<string, unknown>, unknown, unknown][] = [
    ['hands its input on', {}, { a: 1 }, { a: 1 }],
    ['answers a Result', { Result: { b: [2] } }, { a: 1 }, { b: [2] }],
    ['answers a Result that is false', { Result: 0 }, { a: 1 }, 0],
    ['answers a Result that is null', { Result: null, ResultPath: '$.r' }, { a: 1 }, { a: 1, r: null }],
    ['takes part of its input', { InputPath: '$.a' }, { a: 1 }, 1],
    ['takes nothing of its input', { InputPath: null }, { a: 1 }, {}],
    ['gives part of its output', { OutputPath: '$.a' }, { a: 1, b: 2 }, 1],
    ['gives nothing of its output', { OutputPath: null }, { a: 1 }, {}],
    ['fails on an output that is not there', { OutputPath: '$.b' }, { a: 1 }, { error: 'States.Runtime' }],
    [
      'fills in its Parameters',
      { InputPath: '$.in', Parameters: { fixed: [1, { 'x.$': '$.x' }], deep: { 'all.$': '$' }, n: null } },
      { in: { x: 9 } },
      { fixed: [1, { x: 9 }], deep: { all: { x: 9 } }, n: null },
    ],
    [
      'fails on Parameters that find nothing',
      { Parameters: { 'x.$': '$.absent' } },
      {},
      { error: 'States.ParameterPathFailure' },
    ],
  ];
  it.each(cases)('%s', async (_name, fields, input, expected) => {
    expect(await outputOf({ ...PASS, ...fields }, input)).toEqual(expected);
  });
});

describe('ResultPath', () => {
  const cases: [path: string | null, input: unknown, expected: unknown][] = [
    ['$', { a: 1 }, 'new'],
    [null, { a: 1 }, { a: 1 }],
    ['$.r', { a: 1 }, { a: 1, r: 'new' }],
    ['$.a', { a: 1, b: 2 }, { a: 'new', b: 2 }],
    ['$.x.y.z', { a: 1, x: { w: 0 } }, { a: 1, x: { w: 0, y: { z: 'new' } } }],
    ['$.list[1].x', { list: [0, { y: 2 }] }, { list: [0, { y: 2, x: 'new' }] }],
    ['$.list[2]', { list: [0, 1] }, { error: 'States.ResultPathMatchFailure' }],
    ['$.a.b', { a: 1 }, { error: 'States.ResultPathMatchFailure' }],
    ['$.a', [1], { error: 'States.ResultPathMatchFailure' }],
    ['$.a', 'text', { error: 'States.ResultPathMatchFailure' }],
  ];
  it.each(cases)('%s into %j', async (ResultPath, input, expected) => {
    expect(await outputOf({ ...PASS, Result: 'new', ResultPath }, input)).toEqual(expected);
  });

  it('puts into the raw input, not into what InputPath takes of it', async () => {
    const state = { ...PASS, InputPath: '$.a', ResultPath: '$.r' };
    expect(await outputOf(state, { a: { b: 1 } })).toEqual({ a: { b: 1 }, r: { b: 1 } });
  });

  it('changes no data, and copies only what lies along the path', async () => {
    const input = Object.freeze({ kept: Object.freeze({ k: 1 }), x: Object.freeze({ w: Object.freeze([]) }) });
    const output = (await outputOf({ ...PASS, Result: 1, ResultPath: '$.x.y' }, input)) as typeof input;
    expect(output).toEqual({ kept: { k: 1 }, x: { w: [], y: 1 } });
    expect(output.kept).toBe(input.kept);
    expect(output.x.w).toBe(input.x.w);
  });
});

describe('a Task', () => {
  const state = {
    ...{ ...TASK, InputPath: '$.in', Parameters: { 'sent.$': '$.x' }, End: true },
    ...{ ResultSelector: { 'got.$': '$.answer', 'name.$': '$$.State.Name' }, ResultPath: '$.r', OutputPath: '$.r' },
  };

  it('passes its data through all its fields in their order', async () => {
    const seen: unknown[] = [];
    const { output } = await runStates({ A: state }, { in: { x: 1 } }, (input) => {
      seen.push(input);
      return { answer: 2, more: 3 };
    });
    expect(seen).toEqual([{ sent: 1 }]);
    expect(output).toEqual({ got: 2, name: 'A' });
  });

  it('fails when its result has not what ResultSelector asks for', async () => {
    expect(await runStates({ A: state }, { in: { x: 1 } }, () => ({}))).toMatchObject({
      error: 'States.ParameterPathFailure',
    });
  });
});

describe('Fail', () => {
  const cases: [string, Record<string, unknown>, { error: string; cause: string }][] = [
    ['with a text', { Error: 'E', Cause: 'c' }, { error: 'E', cause: 'c' }],
    ['with neither', {}, { error: '', cause: '' }],
    ['with paths', { ErrorPath: '$.e', CausePath: '$$.State.Name' }, { error: 'Found', cause: 'A' }],
    ['with a path to nothing', { ErrorPath: '$.absent' }, { error: 'States.Runtime', cause: expect.any(String) }],
    ['with a path to a number', { CausePath: '$.n' }, { error: 'States.Runtime', cause: expect.any(String) }],
  ];
  it.each(cases)('%s', async (_name, fields, expected) => {
    expect(await runStates({ A: { Type: 'Fail', ...fields } }, { e: 'Found', n: 1 })).toMatchObject(expected);
  });
});
