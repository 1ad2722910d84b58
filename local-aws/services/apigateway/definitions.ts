import type { ThrottleLimits } from '../../gateway/token-bucket.ts';

/** What a template declares of its REST APIs, as the resource types read it. Compiled into a `DeployedStage` to run. */

export interface RestApi {
  readonly id: string;
  readonly rootResourceId: string;
  readonly name: string;
  readonly keySource: 'HEADER' | 'AUTHORIZER';
  readonly binaryMediaTypes: readonly string[];
}

interface ApiResource {
  readonly id: string;
  readonly apiId: string;
  readonly parentId: string;
  /** `orders`, `{id}` or `{proxy+}`. */
  readonly pathPart: string;
}

export interface ApiMethod {
  readonly apiId: string;
  readonly resourceId: string;
  /** `GET`, …, or `ANY`. */
  readonly httpMethod: string;
  readonly authorizerId: string | undefined;
  readonly apiKeyRequired: boolean;
  readonly validatorId: string | undefined;
  /** Content type → model name. */
  readonly requestModels: Readonly<Record<string, string>>;
  /** `method.request.<location>.<name>` → required. */
  readonly requestParameters: ReadonlyMap<string, boolean>;
  readonly functionArn: string;
  readonly timeoutMs: number;
}

interface ApiModel {
  readonly apiId: string;
  readonly name: string;
  /** JSON schema, draft 4. */
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface RequestValidator {
  readonly id: string;
  readonly apiId: string;
  readonly body: boolean;
  readonly parameters: boolean;
}

export interface ApiAuthorizer {
  readonly id: string;
  readonly apiId: string;
  readonly type: 'TOKEN' | 'REQUEST';
  readonly functionArn: string;
  /** `method.request.header.x-api-key`, `context.identity.sourceIp`, … */
  readonly identitySources: readonly string[];
  readonly validationExpression: string | undefined;
  readonly resultTtlMs: number;
}

export interface GatewayResponse {
  readonly apiId: string;
  readonly responseType: string;
  readonly status: number | undefined;
  /** `gatewayresponse.header.<name>` → `'literal'` or a mapping expression. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Media type → template. */
  readonly templates: Readonly<Record<string, string>>;
}

export interface ApiStage {
  readonly apiId: string;
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly tracing: boolean;
  readonly accessLogFormat: string | undefined;
  /** `METHOD /path` → limits; `*` for all others. */
  readonly throttles: ReadonlyMap<string, ThrottleLimits>;
}

export type QuotaPeriod = 'DAY' | 'WEEK' | 'MONTH';

export interface UsagePlan {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly throttle: ThrottleLimits | undefined;
  readonly quota: { readonly limit: number; readonly period: QuotaPeriod } | undefined;
  readonly stages: readonly PlanStage[];
}

export interface PlanStage {
  readonly apiId: string;
  readonly stage: string;
  /** `METHOD /path` → limits. */
  readonly throttles: ReadonlyMap<string, ThrottleLimits>;
}

/** Everything declared so far. `version` grows with each change, so that who compiled it knows when to do so again. */
export class Definitions {
  readonly restApis = new Map<string, RestApi>();
  readonly resources = new Map<string, ApiResource>();
  readonly methods = new Map<string, ApiMethod>();
  readonly models = new Map<string, ApiModel>();
  readonly validators = new Map<string, RequestValidator>();
  readonly authorizers = new Map<string, ApiAuthorizer>();
  readonly gatewayResponses = new Map<string, GatewayResponse>();
  readonly stages = new Map<string, ApiStage>();
  readonly usagePlans = new Map<string, UsagePlan>();
  /** By which API Gateway would write to CloudWatch: of the account. */
  loggingRoleArn: string | undefined;
  version = 0;

  put<T>(into: Map<string, T>, key: string, value: T): void {
    into.set(key, value);
    this.version += 1;
  }
}
