/**
 * The order saga, a Step Functions Express state machine, one execution an order. Every state may run again on the
 * same order and finds out what is left to do. The infrastructure hands in the ARNs of the functions by state.
 *
 *     ValidateBalance ─▶ BlockBalance ─▶ ExecuteOrder ─▶ ConfirmTransaction ─▶ end
 *            └──────────────┴───────────────┴─▶ RollbackBalance (refused) · SuspendOrder (exchange away, or outcome unknown)
 */
export const SAGA_TASKS = [
  'ValidateBalance',
  'BlockBalance',
  'ExecuteOrder',
  'ConfirmTransaction',
  'RollbackBalance',
  'SuspendOrder',
] as const;
export type SagaTask = (typeof SAGA_TASKS)[number];

/** Above the sum of what its functions may take, below the timeout of process-orders, which waits for it. */
export const SAGA_TIMEOUT_SECONDS = 25;

/** `next` of a function's result → the state that comes then. */
const TASK_OF_NEXT = {
  BLOCK: 'BlockBalance',
  EXECUTE: 'ExecuteOrder',
  CONFIRM: 'ConfirmTransaction',
  ROLLBACK: 'RollbackBalance',
  SUSPEND: 'SuspendOrder',
} as const;
type Next = keyof typeof TASK_OF_NEXT;

/** Lambda's own passing failures. What our code throws is not repeated here: the message comes again as a whole. */
const LAMBDA_RETRY = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 1,
  MaxAttempts: 3,
  BackoffRate: 2,
  JitterStrategy: 'FULL',
};

/** The definition in Amazon States Language. */
export function orderSagaDefinition(functionArns: Readonly<Record<SagaTask, string>>) {
  const task = (name: SagaTask, following: { readonly Next: string } | { readonly End: true }) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: functionArns[name], 'Payload.$': '$' },
    OutputPath: '$.Payload',
    Retry: [LAMBDA_RETRY],
    ...following,
  });
  return {
    Comment: 'Brings one order to the exchange and books what came of it',
    StartAt: 'ValidateBalance',
    TimeoutSeconds: SAGA_TIMEOUT_SECONDS,
    States: {
      ValidateBalance: task('ValidateBalance', { Next: 'IsValid' }),
      IsValid: choice(['BLOCK', 'EXECUTE', 'ROLLBACK', 'SUSPEND']),
      BlockBalance: task('BlockBalance', { Next: 'IsBlocked' }),
      IsBlocked: choice(['EXECUTE', 'ROLLBACK']),
      ExecuteOrder: task('ExecuteOrder', { Next: 'WhatTheExchangeSaid' }),
      WhatTheExchangeSaid: choice(['CONFIRM', 'ROLLBACK', 'SUSPEND']),
      ConfirmTransaction: task('ConfirmTransaction', { Next: 'IsSettledForNow' }),
      IsSettledForNow: choice(['SUSPEND']),
      RollbackBalance: task('RollbackBalance', { End: true }),
      SuspendOrder: task('SuspendOrder', { End: true }),
      Done: { Type: 'Succeed' },
    },
  };
}

/** Anything but the named ways on is the end: the functions answer END. */
function choice(ways: readonly Next[]) {
  const choices = ways.map((way) => ({ Variable: '$.next', StringEquals: way, Next: TASK_OF_NEXT[way] }));
  return { Type: 'Choice', Choices: choices, Default: 'Done' };
}
