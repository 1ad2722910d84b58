import type { Environments, InvocationResult } from '../../environments/environments.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Principal } from '../../kernel/principal.ts';
import type { Operation } from '../../kernel/service.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { Functions, LambdaFunction } from './functions.ts';
import { newTraceId } from './trace-id.ts';

/** docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB synchronous, 1 MB asynchronous. */
const MAX_SYNC_PAYLOAD_BYTES = 6 * 1024 * 1024;
const MAX_ASYNC_PAYLOAD_BYTES = 1024 * 1024;

interface InvokeInput {
  readonly FunctionName: string;
  readonly InvocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  /** JSON text. */
  readonly Payload?: string;
  readonly TraceId?: string;
}

export interface InvokeOutput {
  readonly StatusCode: number;
  readonly FunctionError?: 'Unhandled';
  readonly Payload?: string;
  readonly ExecutedVersion?: string;
}

export function createInvoke(
  kernel: Kernel,
  functions: Functions,
  environments: Environments,
  asynchronous: AsyncInvocations,
): Operation {
  return (input: InvokeInput, call): InvokeOutput | Promise<InvokeOutput> => {
    const lambda = functions.get(input.FunctionName);
    const payload = input.Payload ?? '{}';
    switch (input.InvocationType ?? 'RequestResponse') {
      case 'DryRun':
        return { StatusCode: 204 };
      case 'Event':
        assertSize(payload, MAX_ASYNC_PAYLOAD_BYTES);
        asynchronous.add(lambda.config.functionName, payload);
        return { StatusCode: 202 };
      case 'RequestResponse':
        assertSize(payload, MAX_SYNC_PAYLOAD_BYTES);
        return invokeNow(lambda, environments, {
          payload,
          requestId: call.requestId,
          traceId: input.TraceId ?? newTraceId(kernel),
          isAwaited: isAwaited(call.principal),
        });
    }
  };
}

/**
 * Runs one invocation under the function's reserved concurrency.
 *
 * Differs from AWS: what waits for one of the laptop's few environments counts as running, as it would run there.
 */
export async function invokeNow(
  lambda: LambdaFunction,
  environments: Environments,
  invocation: Parameters<Environments['invoke']>[1],
): Promise<InvokeOutput> {
  if (lambda.reservedConcurrency !== undefined && lambda.inFlight >= lambda.reservedConcurrency) {
    throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
      status: 429,
      members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
    });
  }
  lambda.inFlight += 1;
  try {
    return outputOf(await environments.invoke(lambda.config, invocation));
  } finally {
    lambda.inFlight -= 1;
  }
}

/** All synchronous invocations are, but for those of Lambda's own readers of queues and streams. */
function isAwaited(principal: Principal): boolean {
  return principal.kind !== 'service' || principal.service !== 'lambda.amazonaws.com';
}

function outputOf(result: InvocationResult): InvokeOutput {
  if (result.ok) return { StatusCode: 200, Payload: result.payload, ExecutedVersion: '$LATEST' };
  const Payload = JSON.stringify(result.error);
  return { StatusCode: 200, FunctionError: 'Unhandled', Payload, ExecutedVersion: '$LATEST' };
}

function assertSize(payload: string, limitBytes: number): void {
  if (payload.length <= limitBytes / 3 || Buffer.byteLength(payload) <= limitBytes) return;
  throw new AwsError('RequestTooLargeException', `Request must be smaller than ${limitBytes} bytes`, { status: 413 });
}
