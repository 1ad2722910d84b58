import { AwsError } from '../kernel/aws-error.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { servicePrincipal } from '../kernel/principal.ts';

export type Invocation =
  | { readonly kind: 'ANSWERED'; readonly payload: string }
  /** The function threw, exited or ran into its own timeout; `payload` is Lambda's error document. */
  | { readonly kind: 'FUNCTION_ERROR'; readonly payload: string }
  /** No answer within `timeoutMs` of the kernel's clock; the function goes on. */
  | { readonly kind: 'TIMED_OUT' }
  /** Lambda did not invoke it: no permission, no such function, throttled. */
  | { readonly kind: 'REFUSED'; readonly error: AwsError };

interface InvocationRequest {
  readonly functionArn: string;
  readonly payload: string;
  /** ARN of the method or authorizer that calls: what the function's resource policy is checked against. */
  readonly sourceArn: string;
  readonly timeoutMs: number;
}

interface InvokeOutput {
  readonly FunctionError?: string;
  readonly Payload: string;
}

/**
 * Invokes a function and waits for its answer.
 *
 * It does not count as activity of the stack: the function's own work does, and while that waits for the clock nobody
 * may wait for it.
 */
export function invokeFunction(kernel: Kernel, request: InvocationRequest): Promise<Invocation> {
  return new Promise((resolve, reject) => {
    const timer = kernel.clock.setTimer(kernel.clock.nowMs() + request.timeoutMs, () => resolve({ kind: 'TIMED_OUT' }));
    invoke(kernel, request)
      .finally(() => timer.cancel())
      .then(resolve, reject);
  });
}

async function invoke(kernel: Kernel, request: InvocationRequest): Promise<Invocation> {
  const input = {
    FunctionName: request.functionArn,
    InvocationType: 'RequestResponse',
    Payload: request.payload,
  };
  const principal = servicePrincipal('apigateway.amazonaws.com', request.sourceArn);
  try {
    const output = (await kernel.call('lambda', 'Invoke', input, principal)) as InvokeOutput;
    return { kind: output.FunctionError ? 'FUNCTION_ERROR' : 'ANSWERED', payload: output.Payload };
  } catch (error) {
    if (error instanceof AwsError) return { kind: 'REFUSED', error };
    throw error;
  }
}
