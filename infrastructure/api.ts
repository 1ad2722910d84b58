import { apiModels } from '@brokerage/contracts/routes/api-models';
import { functionOf, type Route } from '@brokerage/contracts/routes/route';
import { ALL_ROUTES } from '@brokerage/contracts/routes/routes';
import { Duration } from 'aws-cdk-lib';
import {
  ApiKeySourceType,
  AuthorizationType,
  IdentitySource,
  type IResource,
  type JsonSchema,
  LambdaIntegration,
  type Model,
  Period,
  RequestAuthorizer,
  type RequestValidator,
  ResponseType,
  RestApi,
  type UsagePlan,
} from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import type { ApiLog } from './api-log.ts';
import { exempt } from './exempt.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared } from './shared.ts';
import { physicalName, stageOf } from './stage.ts';

/** Requests a minute; AWS's buckets refill by the second, so the burst is what a client may send at once. */
const PLANS = { Standard: 100, Professional: 10_000 } as const;
/** A client's plan → its name at API Gateway, before the stage's prefix. */
export const PLAN_NAMES = { STANDARD: 'Standard', PROFESSIONAL: 'Professional' } as const;
const SECONDS_PER_MINUTE = 60;
const AUTHORIZATION_TTL = Duration.seconds(60);
/** Why a route asks for no key. */
const WITHOUT_KEY = {
  SIGNATURE: 'A foreign system signs what it sends: its function checks the HMAC over body and time',
  PUBLIC: 'It describes the API and holds nobody’s data',
} as const;

/** The REST API, made from the routes of the contracts: resources, models, validation, keys, plans and refusals. */
export class Api extends Construct {
  readonly #api: RestApi;
  readonly #authorizer: RequestAuthorizer;
  readonly #validator: RequestValidator;
  readonly #models: ReadonlyMap<string, Model>;

  constructor(scope: Construct, shared: Shared, log: ApiLog, operations: Readonly<Record<string, ServiceFunction>>) {
    super(scope, 'Api');
    this.#api = new RestApi(this, 'Rest', {
      restApiName: physicalName(this, 'brokerage'),
      apiKeySourceType: ApiKeySourceType.AUTHORIZER,
      cloudWatchRole: false,
      deployOptions: { ...log.restOptions, stageName: stageOf(this) },
    });
    log.precede(this.#api.deploymentStage);
    this.#explain();
    this.#authorizer = this.#makeAuthorizer(shared);
    this.#validator = this.#api.addRequestValidator('Validator', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    this.#models = this.#makeModels();
    this.#makeRefusals();
    for (const [name, perMinute] of Object.entries(PLANS)) this.#makePlan(name, perMinute);
    for (const route of ALL_ROUTES) this.#addRoute(route, operations);
  }

  #explain(): void {
    exempt(this.#api, {
      COG4: 'Callers are programs with API keys, which a Lambda authorizer looks up; there are no passwords to keep',
    });
    exempt(this.#api.deploymentStage, {
      APIG3:
        'Requests without a key get no further than the authorizer, and those with one no further than their plan and schema; a web ACL is priced by the request and is for the account that needs one to attach',
    });
  }

  #makeAuthorizer(shared: Shared): RequestAuthorizer {
    const authorize = addFunction(this, shared, 'platform/authorize', ['API_KEYS_TABLE']);
    authorize.allow(['dynamodb:GetItem'], shared.data.apiKeys.tableArn);
    return new RequestAuthorizer(this, 'Authorizer', {
      handler: authorize,
      identitySources: [IdentitySource.header('x-api-key')],
      resultsCacheTtl: AUTHORIZATION_TTL,
    });
  }

  #makeModels(): ReadonlyMap<string, Model> {
    return new Map(
      Object.entries(apiModels()).map(([name, schema]) => [
        name,
        this.#api.addModel(name, { modelName: name, contentType: 'application/json', schema: toCdkSchema(schema) }),
      ]),
    );
  }

  /** What API Gateway itself refuses, in the shapes that the contract promises. */
  #makeRefusals(): void {
    const forbidden = { 'application/json': '{"message":"Forbidden"}' };
    this.#api.addGatewayResponse('NoKey', { type: ResponseType.UNAUTHORIZED, statusCode: '403', templates: forbidden });
    this.#api.addGatewayResponse('WrongKey', {
      type: ResponseType.ACCESS_DENIED,
      statusCode: '403',
      templates: forbidden,
    });
    this.#api.addGatewayResponse('InvalidKey', {
      type: ResponseType.INVALID_API_KEY,
      statusCode: '403',
      templates: forbidden,
    });
    this.#api.addGatewayResponse('Throttled', {
      type: ResponseType.THROTTLED,
      statusCode: '429',
      responseHeaders: { 'Retry-After': "'1'" },
      templates: { 'application/json': '{"message":"Too Many Requests"}' },
    });
    this.#api.addGatewayResponse('BadBody', {
      type: ResponseType.BAD_REQUEST_BODY,
      statusCode: '400',
      templates: {
        'application/json': '{"message":"Invalid request body","detail":"$context.error.validationErrorString"}',
      },
    });
  }

  #makePlan(name: string, perMinute: number): UsagePlan {
    return this.#api.addUsagePlan(`${name}Plan`, {
      name: physicalName(this, name),
      throttle: { rateLimit: perMinute / SECONDS_PER_MINUTE, burstLimit: perMinute },
      quota: { limit: perMinute * SECONDS_PER_MINUTE * 24, period: Period.DAY },
      apiStages: [{ api: this.#api, stage: this.#api.deploymentStage }],
    });
  }

  #addRoute(route: Route, operations: Readonly<Record<string, ServiceFunction>>): void {
    const lambda = operations[functionOf(route)];
    if (!lambda) throw new Error(`no function is behind ${route.method} ${route.path}`);
    const model = route.bodyModel ? this.#models.get(route.bodyModel) : undefined;
    const needsKey = route.access.kind === 'KEY';
    const method = this.#resourceAt(route.path).addMethod(route.method, integrationOf(route, lambda), {
      apiKeyRequired: needsKey,
      authorizationType: needsKey ? AuthorizationType.CUSTOM : AuthorizationType.NONE,
      ...(needsKey ? { authorizer: this.#authorizer } : {}),
      ...(model ? { requestModels: { $default: model }, requestValidator: this.#validator } : {}),
    });
    if (route.access.kind !== 'KEY') exempt(method, { APIG4: WITHOUT_KEY[route.access.kind] });
  }

  #resourceAt(path: string): IResource {
    return path
      .slice(1)
      .split('/')
      .reduce<IResource>((parent, part) => parent.getResource(part) ?? parent.addResource(part), this.#api.root);
  }
}

/** Of a desk's function the API has one permission for all its routes, and of any other one for its route. */
function integrationOf({ desk }: Route, lambda: ServiceFunction): LambdaIntegration {
  return new LambdaIntegration(lambda, desk ? { scopePermissionToMethod: false } : { allowTestInvoke: false });
}

/** The CDK spells the keywords that start with a dollar sign its own way. */
function toCdkSchema(schema: Readonly<Record<string, unknown>>): JsonSchema {
  const { $schema: _schema, ...rest } = schema;
  return rest as unknown as JsonSchema;
}
