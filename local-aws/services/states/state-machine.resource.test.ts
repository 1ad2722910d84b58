import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel/kernel.ts';
import { createStates } from './states.service.ts';
import { defineMachine, lambdaTask } from './testing/machine.ts';

function kernelWithStates() {
  const kernel = new Kernel();
  kernel.register(createStates(kernel));
  return kernel;
}

const machine = (A: Record<string, unknown>, rest = {}) => ({ StartAt: 'A', States: { A }, ...rest });
const pass = { Type: 'Pass', End: true };
const branch = (state: Record<string, unknown>) => ({ StartAt: 'B', States: { B: state } });

describe('a state machine that cannot be run as AWS would is refused when it is made', () => {
  const cases: [string, unknown, Record<string, unknown>, string][] = [
    ['Standard', machine(pass), { StateMachineType: 'STANDARD' }, 'StateMachineType STANDARD'],
    ['an unknown property', machine(pass), { EncryptionConfiguration: {} }, 'property EncryptionConfiguration'],
    ['no definition', machine(pass), { DefinitionString: undefined }, 'exactly one of Definition'],
    ['a name with a space', machine(pass), { StateMachineName: 'a b' }, 'Invalid Name'],
    ['what is not JSON', {}, { DefinitionString: '{' }, 'INVALID_JSON_DESCRIPTION'],
    ['JSONata', machine(pass, { QueryLanguage: 'JSONata' }), {}, 'JSONata'],
    ['variables', machine({ ...pass, Assign: {} }), {}, 'state A: Assign'],
    ['a callback’s heartbeat', machine(lambdaTask({ HeartbeatSeconds: 1, End: true })), {}, 'HeartbeatSeconds'],
    [
      'another integration',
      machine({ ...pass, Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage' }),
      {},
      'sqs:send',
    ],
    [
      'a distributed Map',
      machine({ ...pass, Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...branch(pass) } }),
      {},
      'distributed Map',
    ],
    ['a transition to nowhere', machine({ Type: 'Pass', Next: 'Z' }), {}, 'Invalid State Machine Definition'],
    [
      'a context path it has not',
      machine({ ...pass, Parameters: { 'n.$': '$$.Task.Token' } }),
      {},
      'context path $$.Task.Token',
    ],
    [
      'a parameter of Invoke it has not',
      machine(lambdaTask({ Parameters: { FunctionName: 'f', LogType: 'Tail' }, End: true })),
      {},
      'the parameter LogType',
    ],
    ['an Invoke of nothing', machine(lambdaTask({ Parameters: undefined, End: true })), {}, "The field 'FunctionName'"],
  ];
  it.each(cases)('%s', (_name, definition, properties, message) => {
    const kernel = kernelWithStates();
    expect(() => defineMachine(kernel, definition, properties)).toThrow(message);
    expect(kernel.call('states', 'ListStateMachines', {}, { kind: 'administrator', accessKeyId: 'test' })).toEqual({
      stateMachines: [],
    });
  });
});

describe('LoggingConfiguration', () => {
  const failing = machine({ Type: 'Fail', Error: 'E', Cause: 'c' });
  const cases: [string, unknown, Record<string, unknown>, string[]][] = [
    ['OFF logs nothing', failing, { Level: 'OFF' }, []],
    ['ERROR logs failures', failing, { Level: 'ERROR' }, ['error {"status":"FAILED"}']],
    ['ERROR logs no success', machine(pass), { Level: 'ERROR' }, []],
    ['ALL logs successes', machine(pass), { Level: 'ALL' }, ['info {"status":"SUCCEEDED"}']],
    [
      'IncludeExecutionData adds input and output',
      machine(pass),
      { Level: 'ALL', IncludeExecutionData: true },
      ['info {"input":"{\\"a\\":1}","status":"SUCCEEDED","output":"{\\"a\\":1}"}'],
    ],
  ];
  it.each(cases)('%s', async (_name, definition, LoggingConfiguration, expected) => {
    const lines: string[] = [];
    const log = ({ level, message }: { level: string; message: string }) => {
      const { executionArn: _arn, ...facts } = JSON.parse(message);
      lines.push(`${level} ${JSON.stringify(facts)}`);
    };
    const kernel = new Kernel({ log });
    kernel.register(createStates(kernel));
    const stateMachineArn = defineMachine(kernel, definition, { LoggingConfiguration });
    const administrator = { kind: 'administrator', accessKeyId: 'test' } as const;
    await kernel.call('states', 'StartSyncExecution', { stateMachineArn, input: '{"a":1}' }, administrator);
    expect(lines).toEqual(expected);
  });
});
