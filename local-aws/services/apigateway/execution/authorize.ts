import { type AuthorizerResult, readAuthorizerResult } from '../../../gateway/authorizer-result.ts';
import { type Invocation, invokeFunction } from '../../../gateway/invoke-function.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { DeployedAuthorizer } from '../deployment/deployed-stage.ts';
import { AuthorizerCache } from './authorizer-cache.ts';
import { type Exchange, methodArnOf } from './exchange.ts';
import { type Refusal, refuse } from './gateway-response-types.ts';
import { requestAuthorizerEvent, tokenAuthorizerEvent } from './proxy-event.ts';

/** An authorizer answers within the same 29 s as an integration. */
const AUTHORIZER_TIMEOUT_MS = 29_000;

export type Authorize = (exchange: Exchange) => Promise<Refusal | undefined>;

/** Asks a method's Lambda authorizer, or its cache, and notes the result in the exchange; undefined when allowed. */
export function createAuthorize(kernel: Kernel, authorizer: DeployedAuthorizer): Authorize {
  const cache = new AuthorizerCache();
  const ask = async (exchange: Exchange, cacheKey: string): Promise<AuthorizerResult | Refusal> => {
    const askedMs = kernel.clock.nowMs();
    const result = resultOf(kernel, await callAuthorizer(kernel, authorizer, exchange));
    exchange.authorizerLatencyMs = kernel.clock.nowMs() - askedMs;
    if ('policy' in result && authorizer.resultTtlMs > 0) {
      cache.put(cacheKey, result, kernel.clock.nowMs() + authorizer.resultTtlMs);
    }
    return result;
  };
  return async (exchange) => {
    const identity = readIdentity(authorizer, exchange);
    if (!identity) return refuse('UNAUTHORIZED');
    const cacheKey = JSON.stringify(identity);
    const result = cache.get(cacheKey, kernel.clock.nowMs()) ?? (await ask(exchange, cacheKey));
    if (!('policy' in result)) return result;
    exchange.authorizer = result;
    return decide(result, exchange);
  };
}

/** Values of the identity sources; undefined when one is missing or the token does not look like one: not even asked. */
function readIdentity(authorizer: DeployedAuthorizer, exchange: Exchange): string[] | undefined {
  const values: string[] = [];
  for (const read of authorizer.readSources) {
    const value = read(exchange);
    if (!value) return undefined;
    values.push(value);
  }
  return authorizer.validToken && !authorizer.validToken.test(values[0] as string) ? undefined : values;
}

function callAuthorizer(kernel: Kernel, authorizer: DeployedAuthorizer, exchange: Exchange): Promise<Invocation> {
  const payload =
    authorizer.type === 'TOKEN'
      ? tokenAuthorizerEvent(exchange, authorizer.readSources[0]?.(exchange) ?? '')
      : requestAuthorizerEvent(exchange);
  return invokeFunction(kernel, {
    functionArn: authorizer.functionArn,
    payload,
    sourceArn: authorizer.arn,
    timeoutMs: AUTHORIZER_TIMEOUT_MS,
  });
}

function resultOf(kernel: Kernel, invocation: Invocation): AuthorizerResult | Refusal {
  const failed = (why: string, refusal: Refusal): Refusal => {
    const message = `Execution failed due to an authorizer error: ${why}`;
    kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/apigateway', level: 'error', message });
    return refusal;
  };
  switch (invocation.kind) {
    case 'ANSWERED': {
      const result = readAuthorizerResult(invocation.payload);
      return result ?? failed('malformed answer', refuse('AUTHORIZER_CONFIGURATION_ERROR'));
    }
    case 'FUNCTION_ERROR':
      if (isUnauthorized(invocation.payload)) return refuse('UNAUTHORIZED');
      return failed(invocation.payload, refuse('AUTHORIZER_FAILURE'));
    case 'TIMED_OUT':
      return failed('timed out', refuse('AUTHORIZER_FAILURE'));
    case 'REFUSED':
      return failed(invocation.error.message, refuse('AUTHORIZER_CONFIGURATION_ERROR'));
  }
}

/** A function that fails with the very word "Unauthorized" says 401. */
function isUnauthorized(payload: string): boolean {
  return (JSON.parse(payload) as { errorMessage?: unknown }).errorMessage === 'Unauthorized';
}

function decide(result: AuthorizerResult, exchange: Exchange): Refusal | undefined {
  const decision = result.policy(methodArnOf(exchange));
  switch (decision) {
    case 'ALLOW':
      return undefined;
    case 'EXPLICIT_DENY':
      return refuse('ACCESS_DENIED', {
        message: 'User is not authorized to access this resource with an explicit deny',
      });
    case 'IMPLICIT_DENY':
      return refuse('ACCESS_DENIED');
  }
}
