import { requestTime } from '../../../gateway/request-time.ts';
import { notSupported } from '../../../kernel/aws-error.ts';
import type { Exchange } from './exchange.ts';

/** Gives a variable's value for one exchange; undefined where it has none. */
export type Variable = (exchange: Exchange) => string | number | null | undefined;

/** `$context.<name>`. Source: "$context Variables for data models, authorizers, mapping templates, and CloudWatch access logging". */
const VARIABLES: Readonly<Record<string, Variable>> = {
  accountId: (exchange) => exchange.stage.accountId,
  apiId: (exchange) => exchange.stage.api.id,
  'authorizer.principalId': (exchange) => exchange.authorizer?.principalId,
  'authorizer.integrationLatency': (exchange) => exchange.authorizer && exchange.authorizerLatencyMs,
  domainName: domainNameOf,
  'error.message': (exchange) => exchange.refusal?.message,
  'error.messageString': (exchange) => exchange.refusal && JSON.stringify(exchange.refusal.message),
  'error.responseType': (exchange) => exchange.refusal?.type,
  // Stands between quotes in templates, and holds quotes itself.
  'error.validationErrorString': (exchange) => JSON.stringify(exchange.refusal?.validationError ?? '').slice(1, -1),
  extendedRequestId: (exchange) => exchange.extendedRequestId,
  httpMethod: (exchange) => exchange.request.method,
  'identity.apiKey': (exchange) => exchange.apiKey?.value,
  'identity.apiKeyId': (exchange) => exchange.apiKey?.id,
  'identity.caller': () => undefined,
  'identity.sourceIp': (exchange) => exchange.request.sourceIp,
  'identity.user': () => undefined,
  'identity.userAgent': (exchange) => exchange.headers.get('user-agent'),
  'integration.latency': (exchange) => exchange.integrationLatencyMs,
  integrationLatency: (exchange) => exchange.integrationLatencyMs,
  path: (exchange) => exchange.request.path,
  protocol: (exchange) => `HTTP/${exchange.request.httpVersion}`,
  requestId: (exchange) => exchange.requestId,
  requestTime: (exchange) => requestTime(exchange.startedMs),
  requestTimeEpoch: (exchange) => exchange.startedMs,
  resourceId: (exchange) => exchange.route?.resourceId,
  resourcePath: (exchange) => exchange.route?.resourcePath,
  responseLength: (exchange) => exchange.answer && Buffer.byteLength(exchange.answer.body),
  stage: (exchange) => exchange.stage.name,
  status: (exchange) => exchange.answer?.status,
  xrayTraceId: (exchange) => exchange.traceId,
};

/** Throws for a variable that is not known here, so that no template renders a hole. */
export function contextVariable(name: string): Variable {
  const known = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
  if (known) return known;
  const authorizerKey = /^authorizer\.(\w+)$/.exec(name)?.[1];
  if (authorizerKey) return (exchange) => exchange.authorizer?.context[authorizerKey];
  throw notSupported(`the variable $context.${name}`);
}

export function domainNameOf(exchange: Exchange): string {
  return (exchange.headers.get('host') ?? '').replace(/:\d+$/, '');
}
