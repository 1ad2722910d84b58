import { TokenBucket } from '../../gateway/token-bucket.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { ApiRoute, ApiStage, Definitions } from './definitions.ts';
import { domainNameOf } from './domain-name.ts';
import { type AccessLog, compileAccessLog } from './execution/access-log.ts';
import { compileIdentitySource, type IdentitySource } from './identity-source.ts';
import { compileRouteSelection, type RouteSelection } from './route-selection.ts';

/** A stage, compiled: everything its connections and messages need. */
export interface DeployedStage {
  readonly apiId: string;
  readonly name: string;
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>`. */
  readonly arn: string;
  readonly domainName: string;
  readonly routes: ReadonlyMap<string, DeployedRoute>;
  readonly selectKey: RouteSelection;
  readonly authorizer: DeployedAuthorizer | undefined;
  readonly accessLog: AccessLog | undefined;
}

export interface DeployedRoute {
  readonly key: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly isTwoWay: boolean;
  /** `arn:…:<api>/<stage>/<key>`: who calls the function. */
  readonly sourceArn: string;
  readonly throttle: TokenBucket | undefined;
}

export interface DeployedAuthorizer {
  readonly functionArn: string;
  /** `arn:…:<api>/authorizers/<id>`: who calls the function. */
  readonly sourceArn: string;
  readonly readSources: readonly IdentitySource[];
}

/** Compiles a stage. Throws for what the template declares but is not had here. */
export function compileStage(kernel: Kernel, definitions: Definitions, stage: ApiStage): DeployedStage {
  const api = found(definitions.apis, stage.apiId, 'API');
  const arn = kernel.arn('execute-api', `${api.id}/${stage.name}`);
  const declared = [...definitions.routes.values()].filter(({ apiId }) => apiId === api.id);
  const routes = declared.map((route): [string, DeployedRoute] => [
    route.key,
    compileRoute(kernel, definitions, stage, arn, route),
  ]);
  const authorizerId = declared.find(({ key }) => key === '$connect')?.authorizerId;
  return {
    apiId: api.id,
    name: stage.name,
    arn,
    domainName: domainNameOf(kernel, api.id),
    routes: new Map(routes),
    selectKey: compileRouteSelection(api.routeSelectionExpression),
    accessLog: stage.accessLogFormat === undefined ? undefined : compileAccessLog(stage.accessLogFormat),
    authorizer: authorizerId === undefined ? undefined : compileAuthorizer(kernel, definitions, authorizerId),
  };
}

function compileRoute(
  kernel: Kernel,
  definitions: Definitions,
  stage: ApiStage,
  stageArn: string,
  route: ApiRoute,
): DeployedRoute {
  const { functionArn, timeoutMs } = found(definitions.integrations, route.integrationId, 'integration');
  return {
    key: route.key,
    functionArn,
    timeoutMs,
    isTwoWay: route.selectsResponse && definitions.routeResponses.has(route.id),
    sourceArn: `${stageArn}/${route.key}`,
    throttle: stage.throttle && new TokenBucket(stage.throttle, kernel.clock.nowMs()),
  };
}

function compileAuthorizer(kernel: Kernel, definitions: Definitions, id: string): DeployedAuthorizer {
  const { apiId, functionArn, identitySources } = found(definitions.authorizers, id, 'authorizer');
  return {
    functionArn,
    sourceArn: kernel.arn('execute-api', `${apiId}/authorizers/${id}`),
    readSources: identitySources.map(compileIdentitySource),
  };
}

function found<T>(declared: ReadonlyMap<string, T>, id: string, what: string): T {
  const one = declared.get(id);
  if (one) return one;
  throw new AwsError('NotFoundException', `Invalid ${what} identifier specified ${id}`, { status: 404 });
}
