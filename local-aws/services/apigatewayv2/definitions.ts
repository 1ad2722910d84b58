import type { ThrottleLimits } from '../../gateway/token-bucket.ts';

/** What a template declares of its WebSocket APIs, as the resource types read it. Compiled into a `DeployedStage` to run. */

export interface WebSocketApi {
  readonly id: string;
  /** `$request.body.action`. */
  readonly routeSelectionExpression: string;
}

export interface ApiAuthorizer {
  readonly id: string;
  readonly apiId: string;
  readonly functionArn: string;
  /** `route.request.querystring.ticket`, `route.request.header.authorization`, … */
  readonly identitySources: readonly string[];
}

export interface ApiIntegration {
  readonly id: string;
  readonly apiId: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
}

export interface ApiRoute {
  readonly id: string;
  readonly apiId: string;
  /** `$connect`, `$disconnect`, `$default` or what the route selection expression gives. */
  readonly key: string;
  readonly integrationId: string;
  readonly authorizerId: string | undefined;
  /** Whether what the function answers goes to the client, given that there is a route response. */
  readonly selectsResponse: boolean;
}

export interface ApiStage {
  readonly apiId: string;
  readonly name: string;
  /** Of each of its routes. */
  readonly throttle: ThrottleLimits | undefined;
  readonly accessLogFormat: string | undefined;
}

export class Definitions {
  readonly apis = new Map<string, WebSocketApi>();
  readonly authorizers = new Map<string, ApiAuthorizer>();
  readonly integrations = new Map<string, ApiIntegration>();
  readonly routes = new Map<string, ApiRoute>();
  /** Identifiers of the routes that have a response. */
  readonly routeResponses = new Set<string>();
  /** By `<api>/<name>`. */
  readonly stages = new Map<string, ApiStage>();
}
