import type { AuthorizerResult } from '../../../gateway/authorizer-result.ts';
import type { RequestHeaders } from '../../../gateway/headers.ts';
import type { QueryParameters } from '../../../gateway/query-string.ts';
import type { DeployedMethod, DeployedStage } from '../deployment/deployed-stage.ts';
import type { Route } from '../deployment/route-trie.ts';
import type { ApiKey } from '../usage/api-keys-store.ts';
import type { Refusal } from './gateway-response-types.ts';

/** A request as the listener received it. */
export interface ApiRequest {
  readonly method: string;
  /** Percent-encoded, without query string. */
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly queryString: string;
  /** Name and value in turn. */
  readonly rawHeaders: readonly string[];
  readonly httpVersion: string;
  readonly sourceIp: string;
  readonly port: number;
  /** Longer than the largest allowed when it was cut off there. */
  readonly body: Buffer;
}

export interface ApiAnswer {
  readonly status: number;
  /** Name and value in turn; a name may come more than once. */
  readonly headers: readonly string[];
  readonly body: Buffer | string;
}

/** One request on its way and what is known of it so far: `$context` of templates, and the base of the proxy event. */
export interface Exchange {
  readonly stage: DeployedStage;
  readonly request: ApiRequest;
  readonly headers: RequestHeaders;
  readonly query: QueryParameters;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** Value of `X-Amzn-Trace-Id`. */
  readonly traceId: string;
  readonly startedMs: number;
  route: Route<DeployedMethod> | undefined;
  method: DeployedMethod | undefined;
  pathParameters: Readonly<Record<string, string>> | null;
  authorizer: AuthorizerResult | undefined;
  authorizerLatencyMs: number;
  apiKey: ApiKey | undefined;
  refusal: Refusal | undefined;
  integrationLatencyMs: number | undefined;
  answer: ApiAnswer | undefined;
}

/** `arn:…:<api>/<stage>/GET/orders/ORD-1`: what an authorizer's policy is about. */
export function methodArnOf(exchange: Exchange): string {
  return `${exchange.stage.arn}/${exchange.request.method}${exchange.request.path}`;
}
