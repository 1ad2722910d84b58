import type { ThrottleLimits } from '../../../gateway/token-bucket.ts';
import type { ApiAuthorizer, RestApi } from '../definitions.ts';
import type { Exchange } from '../execution/exchange.ts';
import type { GatewayAnswerer } from '../execution/gateway-answer.ts';
import type { RequestCheck } from '../execution/request-validation.ts';
import type { Template } from '../execution/template.ts';
import type { RouteTrie } from './route-trie.ts';

/** One stage of one API, compiled: nothing of it is parsed or built again while requests run. */
export interface DeployedStage {
  readonly api: RestApi;
  readonly name: string;
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>`. */
  readonly arn: string;
  readonly accountId: string;
  readonly variables: Readonly<Record<string, string>> | null;
  readonly tracing: boolean;
  readonly routes: RouteTrie<DeployedMethod>;
  readonly gatewayAnswer: GatewayAnswerer;
  readonly accessLog: Template | undefined;
}

export interface DeployedMethod {
  /** `GET /orders/{id}`; with the method the template declares, maybe `ANY`. */
  readonly key: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly authorizer: DeployedAuthorizer | undefined;
  readonly apiKeyRequired: boolean;
  readonly check: RequestCheck | undefined;
  /** Limits of the stage for this method alone. */
  readonly throttle: ThrottleLimits | undefined;
}

export interface DeployedAuthorizer extends ApiAuthorizer {
  /** `arn:aws:execute-api:<region>:<account>:<api>/authorizers/<id>`: who calls the function. */
  readonly arn: string;
  readonly readSources: readonly ((exchange: Exchange) => string | undefined)[];
  readonly validToken: RegExp | undefined;
}
