import { type AuthorizerResult, readAuthorizerResult } from '../../../gateway/authorizer-result.ts';
import { type Invocation, invokeFunction } from '../../../gateway/invoke-function.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { DeployedAuthorizer } from '../deployed-stage.ts';
import { MAX_AUTHORIZER_RESULT_BYTES, MAX_INTEGRATION_TIMEOUT_MS } from '../limits.ts';
import { authorizerEvent, type Handshake } from './events.ts';
import { type HandshakeRefusal, refuseHandshake } from './handshake-refusal.ts';

/** `requestContext.authorizer` of a client that may connect. Results are not cached: there is one handshake a connection. */
export type Authorized = { readonly kind: 'AUTHORIZED'; readonly context: Readonly<Record<string, unknown>> };

/** Asks the `$connect` route's authorizer. */
export async function authorizeConnect(
  kernel: Kernel,
  authorizer: DeployedAuthorizer,
  handshake: Handshake,
): Promise<Authorized | HandshakeRefusal> {
  if (!authorizer.readSources.every((read) => read(handshake))) return refuseHandshake(handshake, 'UNAUTHORIZED');
  const askedMs = kernel.clock.nowMs();
  const invocation = await invokeFunction(kernel, {
    functionArn: authorizer.functionArn,
    payload: authorizerEvent(handshake),
    sourceArn: authorizer.sourceArn,
    timeoutMs: MAX_INTEGRATION_TIMEOUT_MS,
  });
  const result = resultOf(kernel, authorizer, handshake, invocation);
  if ('status' in result) return result;
  if (result.policy(`${handshake.connection.stage.arn}/$connect`) !== 'ALLOW')
    return refuseHandshake(handshake, 'FORBIDDEN');
  const integrationLatency = kernel.clock.nowMs() - askedMs;
  return { kind: 'AUTHORIZED', context: { ...result.context, principalId: result.principalId, integrationLatency } };
}

function resultOf(
  kernel: Kernel,
  authorizer: DeployedAuthorizer,
  handshake: Handshake,
  invocation: Invocation,
): AuthorizerResult | HandshakeRefusal {
  const failed = (why: string): HandshakeRefusal => {
    const message = `${authorizer.sourceArn}: Execution failed due to an authorizer error: ${why}`;
    kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/apigatewayv2', level: 'error', message });
    return refuseHandshake(handshake, 'AUTHORIZER_FAILED');
  };
  switch (invocation.kind) {
    case 'ANSWERED':
      if (Buffer.byteLength(invocation.payload) > MAX_AUTHORIZER_RESULT_BYTES) {
        return failed(`its result is over ${MAX_AUTHORIZER_RESULT_BYTES} bytes`);
      }
      return readAuthorizerResult(invocation.payload) ?? failed('malformed result');
    case 'FUNCTION_ERROR':
      // A function that fails with the very word "Unauthorized" says 401.
      if ((JSON.parse(invocation.payload) as { errorMessage?: unknown }).errorMessage === 'Unauthorized') {
        return refuseHandshake(handshake, 'UNAUTHORIZED');
      }
      return failed(invocation.payload);
    case 'TIMED_OUT':
      return failed('timed out');
    case 'REFUSED':
      return failed(invocation.error.message);
  }
}
