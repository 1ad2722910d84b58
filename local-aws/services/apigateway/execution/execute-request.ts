import { headerBytes } from '../../../gateway/headers.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { servicePrincipal } from '../../../kernel/principal.ts';
import type { DeployedAuthorizer, DeployedMethod, DeployedStage } from '../deployment/deployed-stage.ts';
import type { ApiKeys } from '../usage/api-keys.ts';
import type { UsagePlans } from '../usage/usage-plans.ts';
import { admitApiKey } from './admit-api-key.ts';
import { type Authorize, createAuthorize } from './authorize.ts';
import type { ApiAnswer, ApiRequest, Exchange } from './exchange.ts';
import { type Refusal, refuse } from './gateway-response-types.ts';
import { integrate } from './integrate.ts';
import { openExchange } from './open-exchange.ts';
import { StageThrottle } from './stage-throttle.ts';

/** Quota: payload of a REST API, 10 MB. */
export const MAX_PAYLOAD_BYTES = 10_485_760;
/** Quota: request line and header values together. */
const MAX_HEADER_BYTES = 10_240;

export type ExecuteRequest = (request: ApiRequest) => Promise<ApiAnswer>;

/** Runs the requests of one deployed stage, each through the steps in AWS's order. */
export function createExecuteRequest(
  kernel: Kernel,
  stage: DeployedStage,
  keys: ApiKeys,
  plans: UsagePlans,
): ExecuteRequest {
  const throttle = new StageThrottle(kernel.clock.nowMs());
  const caller = servicePrincipal('apigateway.amazonaws.com', stage.arn);
  const authorizers = new Map<DeployedAuthorizer, Authorize>();
  const authorize = (authorizer: DeployedAuthorizer, exchange: Exchange): Promise<Refusal | undefined> => {
    const known = authorizers.get(authorizer) ?? createAuthorize(kernel, authorizer);
    authorizers.set(authorizer, known);
    return known(exchange);
  };

  const admit = async (exchange: Exchange): Promise<Refusal | undefined> => {
    const refusal = checkSize(exchange.request) ?? route(exchange);
    if (refusal) return refusal;
    const method = exchange.method as DeployedMethod;
    const denied = method.authorizer && (await authorize(method.authorizer, exchange));
    if (denied) return denied;
    const withoutKey = method.apiKeyRequired ? admitApiKey(keys, plans, exchange) : undefined;
    if (withoutKey) return withoutKey;
    if (!throttle.admit(method, kernel.clock.nowMs())) return refuse('THROTTLED');
    return method.check?.(exchange);
  };

  return async (request) => {
    kernel.meter.count('execute-api', 'Request', caller);
    const exchange = openExchange(kernel, stage, request);
    const outcome = (await admit(exchange)) ?? (await integrate(kernel, exchange));
    if ('headers' in outcome) exchange.answer = outcome;
    else {
      exchange.refusal = outcome;
      exchange.answer = stage.gatewayAnswer(exchange, outcome);
    }
    if (stage.accessLog) logAccess(kernel, stage.accessLog(exchange));
    return withIdentifiers(exchange, exchange.answer);
  };
}

function checkSize(request: ApiRequest): Refusal | undefined {
  if (request.body.length > MAX_PAYLOAD_BYTES) {
    return refuse('REQUEST_TOO_LARGE', { message: `HTTP content length exceeded ${MAX_PAYLOAD_BYTES} bytes.` });
  }
  const bytes =
    request.method.length + request.path.length + request.queryString.length + headerBytes(request.rawHeaders);
  if (bytes > MAX_HEADER_BYTES)
    return refuse('DEFAULT_4XX', { status: 431, message: 'Request Header Fields Too Large' });
  return undefined;
}

function route(exchange: Exchange): Refusal | undefined {
  const match = exchange.stage.routes.match(exchange.request.path);
  const method = match?.route.methods.get(exchange.request.method) ?? match?.route.methods.get('ANY');
  if (!match || !method) return refuse('MISSING_AUTHENTICATION_TOKEN');
  exchange.route = match.route;
  exchange.method = method;
  exchange.pathParameters = match.pathParameters;
  return undefined;
}

function withIdentifiers(exchange: Exchange, answer: ApiAnswer): ApiAnswer {
  const headers = [
    'x-amzn-RequestId',
    exchange.requestId,
    'x-amz-apigw-id',
    exchange.extendedRequestId,
    'X-Amzn-Trace-Id',
    exchange.traceId,
    ...answer.headers,
  ];
  return { ...answer, headers };
}

function logAccess(kernel: Kernel, message: string): void {
  kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/apigateway', level: 'info', message });
}
