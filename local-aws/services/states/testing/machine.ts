import type { Kernel } from '../../../kernel/kernel.ts';
import type { Service } from '../../../kernel/service.ts';
import { startTestStack } from '../../../testing/test-stack.ts';
import { createStates } from '../states.service.ts';

export interface Invocation {
  readonly FunctionName: string;
  readonly Payload: string;
}

/** Answers an invocation: what the function returns, or `fails(…)`, or throws what Lambda itself would refuse with. */
export type FunctionCode = (event: unknown, invocation: Invocation) => unknown;

/** What a function that throws answers. */
export function fails(errorType: string, errorMessage = 'no') {
  return { FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType, errorMessage }) };
}

/** A Lambda service that holds one function for all names. */
export function lambdaOf(code: FunctionCode): (kernel: Kernel) => Service {
  return () => ({
    name: 'lambda',
    protocol: { kind: 'aws-json', version: '1.1', target: 'FakeLambda' },
    operations: {
      Invoke: async (invocation: Invocation) => {
        const result = await code(JSON.parse(invocation.Payload), invocation);
        if (typeof result === 'object' && result !== null && 'FunctionError' in result) {
          return { StatusCode: 200, ...result };
        }
        return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: JSON.stringify(result ?? null) };
      },
    },
  });
}

export const FUNCTION_ARN = 'arn:aws:lambda:sa-east-1:000000000000:function:step';

/** A Task of the optimized integration that hands its whole input on. */
export function lambdaTask(rest: Record<string, unknown>) {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: FUNCTION_ARN, 'Payload.$': '$' },
    OutputPath: '$.Payload',
    ...rest,
  };
}

export function defineMachine(kernel: Kernel, definition: unknown, properties: Record<string, unknown> = {}): string {
  const type = kernel.service('states').resources?.['AWS::StepFunctions::StateMachine'];
  const resource = {
    logicalId: 'Saga',
    type: 'AWS::StepFunctions::StateMachine',
    properties: {
      StateMachineType: 'EXPRESS',
      DefinitionString: JSON.stringify(definition),
      RoleArn: 'arn:aws:iam::000000000000:role/saga',
      ...properties,
    },
  };
  return type?.apply(resource).ref as string;
}

/** A stack with Step Functions, one function, and one machine of the given states (the first one starts). */
export async function startMachine(States: Record<string, unknown>, code: FunctionCode = (event) => event) {
  const stack = await startTestStack([lambdaOf(code), createStates]);
  const stateMachineArn = defineMachine(stack.kernel, { StartAt: Object.keys(States)[0], States });
  return { ...stack, stateMachineArn };
}
