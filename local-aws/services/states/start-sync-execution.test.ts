import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../kernel/aws-error.ts';
import { TEST_START_MS } from '../../testing/test-stack.ts';
import {
  FUNCTION_ARN,
  type FunctionCode,
  fails,
  type Invocation,
  lambdaTask,
  startMachine,
} from './testing/machine.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function execute(States: Record<string, unknown>, input: unknown, code?: FunctionCode) {
  const stack = await startMachine(States, code);
  closing.push(stack.close);
  const client = new SFNClient({ ...stack.clientConfig, disableHostPrefix: true });
  const { stateMachineArn } = stack;
  const answer = client.send(
    new StartSyncExecutionCommand({ stateMachineArn, input: JSON.stringify(input), name: 'n1' }),
  );
  return { ...stack, answer };
}

async function outputOf(States: Record<string, unknown>, input: unknown, code?: FunctionCode) {
  const { answer } = await execute(States, input, code);
  const { status, output, error, cause } = await answer;
  return status === 'SUCCEEDED' ? JSON.parse(output ?? '') : { status, error, cause };
}

describe('the answer', () => {
  it('carries the execution, its dates and what it is billed', async () => {
    const { answer } = await execute({ A: { Type: 'Pass', End: true } }, { a: 1 });
    expect(await answer).toMatchObject({
      executionArn: expect.stringMatching(/^arn:aws:states:sa-east-1:000000000000:express:Saga:n1:[0-9a-f-]{36}$/),
      stateMachineArn: 'arn:aws:states:sa-east-1:000000000000:stateMachine:Saga',
      name: 'n1',
      status: 'SUCCEEDED',
      input: '{"a":1}',
      output: '{"a":1}',
      startDate: new Date(TEST_START_MS),
      stopDate: new Date(TEST_START_MS),
      billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 100 },
    });
  });

  it('is an answer, not an error, when the execution failed', async () => {
    expect(await outputOf({ A: { Type: 'Fail', Error: 'Broken', Cause: 'why' } }, {})).toEqual({
      status: 'FAILED',
      error: 'Broken',
      cause: 'why',
    });
  });
});

describe('tasks', () => {
  it('invoke by the integration, with status and version in the result', async () => {
    const invocations: Invocation[] = [];
    const States = { A: lambdaTask({ OutputPath: '$', ResultPath: '$.r', End: true }) };
    const output = await outputOf(States, { x: 1 }, (_event, invocation) => {
      invocations.push(invocation);
      return { y: 2 };
    });
    expect(output).toEqual({ x: 1, r: { Payload: { y: 2 }, StatusCode: 200, ExecutedVersion: '$LATEST' } });
    expect(invocations).toEqual([
      { FunctionName: FUNCTION_ARN, InvocationType: 'RequestResponse', Payload: '{"x":1}' },
    ]);
  });

  it('invoke by the function’s ARN, with the bare result', async () => {
    const States = { A: { Type: 'Task', Resource: FUNCTION_ARN, End: true } };
    expect(await outputOf(States, { x: 1 }, () => ({ y: 2 }))).toEqual({ y: 2 });
  });

  const failures: [string, FunctionCode, { error: string; cause: string }][] = [
    [
      'the function’s error',
      () => fails('InsufficientFunds', 'short'),
      { error: 'InsufficientFunds', cause: '{"errorType":"InsufficientFunds","errorMessage":"short"}' },
    ],
    [
      'an error without name',
      () => ({ FunctionError: 'Unhandled', Payload: '{}' }),
      { error: 'Lambda.Unknown', cause: '{}' },
    ],
    [
      'Lambda’s own refusal',
      () => {
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429 });
      },
      { error: 'Lambda.TooManyRequestsException', cause: 'Rate Exceeded.' },
    ],
    [
      'a result over the limit',
      () => 'x'.repeat(262_145),
      { error: 'States.DataLimitExceeded', cause: expect.stringContaining('262144') as unknown as string },
    ],
  ];
  it.each(failures)('fail with %s', async (_name, code, failure) => {
    expect(await outputOf({ A: lambdaTask({ End: true }) }, {}, code)).toEqual({ status: 'FAILED', ...failure });
  });

  it('hand the error to Catch, but not the terminal ones', async () => {
    const States = {
      A: lambdaTask({ Catch: [{ ErrorEquals: ['NoMoney'], ResultPath: '$.error', Next: 'Caught' }], End: true }),
      Caught: { Type: 'Pass', End: true },
    };
    const Cause = '{"errorType":"NoMoney","errorMessage":"no"}';
    expect(await outputOf(States, { x: 1 }, () => fails('NoMoney'))).toEqual({
      x: 1,
      error: { Error: 'NoMoney', Cause },
    });
    const all = { ...States, A: lambdaTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], End: true }) };
    expect(await outputOf(all, {}, () => 'x'.repeat(262_145))).toMatchObject({ status: 'FAILED' });
  });
});

describe('states', () => {
  const context = {
    Type: 'Pass',
    Parameters: { 'n.$': '$$.Execution.Name', 't.$': '$$.Execution.StartTime' },
    End: true,
  };
  const choice = {
    A: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThan: 5, Next: 'Big' }], Default: 'Small' },
    Big: { Type: 'Pass', Result: 'big', End: true },
    Small: { Type: 'Pass', Result: 'small', End: true },
  };
  const branch = (Result: string) => ({ StartAt: Result, States: { [Result]: { Type: 'Pass', Result, End: true } } });
  const map = {
    Type: 'Map',
    ItemsPath: '$.list',
    ItemSelector: { 'index.$': '$$.Map.Item.Index', 'value.$': '$$.Map.Item.Value' },
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: 'Each',
      States: { Each: { Type: 'Pass', End: true } },
    },
    End: true,
  };
  const cases: [string, Record<string, unknown>, unknown, unknown][] = [
    ['Pass reads the context object', { A: context }, {}, { n: 'n1', t: '2026-03-02T12:00:00.000Z' }],
    ['Choice takes the rule that matches', choice, { n: 6 }, 'big'],
    ['Choice takes the default', choice, { n: 5 }, 'small'],
    [
      'Parallel collects its branches',
      { A: { Type: 'Parallel', Branches: [branch('x'), branch('y')], End: true } },
      {},
      ['x', 'y'],
    ],
    [
      'Map goes over its items',
      { A: map },
      { list: ['p', 'q'] },
      [
        { index: 0, value: 'p' },
        { index: 1, value: 'q' },
      ],
    ],
    [
      'ResultSelector, ResultPath and OutputPath shape the result',
      { A: lambdaTask({ ResultSelector: { 'z.$': '$.Payload.z' }, ResultPath: '$.r', OutputPath: '$', End: true }) },
      { z: 3 },
      { z: 3, r: { z: 3 } },
    ],
    ['a ResultPath of $ is the whole result', { A: { Type: 'Pass', Result: 1, ResultPath: '$', End: true } }, {}, 1],
  ];
  it.each(cases)('%s', async (_name, States, input, expected) => {
    expect(await outputOf(States, input)).toEqual(expected);
  });
});

describe('refusals', () => {
  const send = async (input: Partial<{ stateMachineArn: string; input: string; name: string }>) => {
    const stack = await startMachine({ A: { Type: 'Pass', End: true } });
    closing.push(stack.close);
    const client = new SFNClient({ ...stack.clientConfig, disableHostPrefix: true });
    await client.send(new StartSyncExecutionCommand({ stateMachineArn: stack.stateMachineArn, ...input }));
  };
  const cases: [string, Parameters<typeof send>[0]][] = [
    ['InvalidArn', { stateMachineArn: 'Saga' }],
    ['StateMachineDoesNotExist', { stateMachineArn: 'arn:aws:states:sa-east-1:000000000000:stateMachine:Other' }],
    ['InvalidName', { name: 'a b' }],
    ['InvalidExecutionInput', { input: '{' }],
    ['ValidationException', { input: JSON.stringify('x'.repeat(262_143)) }],
  ];
  it.each(cases)('%s', async (name, input) => {
    await expect(send(input)).rejects.toMatchObject({ name });
  });
});
