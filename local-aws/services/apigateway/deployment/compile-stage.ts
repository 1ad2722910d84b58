import { AwsError } from '../../../kernel/aws-error.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { ApiMethod, ApiStage, Definitions, RestApi } from '../definitions.ts';
import { compileGatewayAnswers } from '../execution/gateway-answer.ts';
import { compileMapping } from '../execution/mapping-expression.ts';
import { compileTemplate } from '../execution/template.ts';
import { compileRequestChecks } from './compile-request-checks.ts';
import type { DeployedAuthorizer, DeployedMethod, DeployedStage } from './deployed-stage.ts';
import { RouteTrie } from './route-trie.ts';

/** Compiles everything the requests of a stage need. Throws for what the template declares but is not had here. */
export function compileStage(kernel: Kernel, definitions: Definitions, stage: ApiStage): DeployedStage {
  const api = definitions.restApis.get(stage.apiId);
  if (!api) throw new AwsError('NotFoundException', `Invalid API identifier specified ${stage.apiId}`, { status: 404 });
  const responses = [...definitions.gatewayResponses.values()].filter(({ apiId }) => apiId === api.id);
  return {
    api,
    name: stage.name,
    arn: kernel.arn('execute-api', `${api.id}/${stage.name}`),
    accountId: kernel.accountId,
    variables: Object.keys(stage.variables).length > 0 ? stage.variables : null,
    tracing: stage.tracing,
    routes: compileRoutes(kernel, definitions, api, stage),
    gatewayAnswer: compileGatewayAnswers(responses),
    accessLog: stage.accessLogFormat === undefined ? undefined : compileTemplate(stage.accessLogFormat, '-'),
  };
}

function compileRoutes(
  kernel: Kernel,
  definitions: Definitions,
  api: RestApi,
  stage: ApiStage,
): RouteTrie<DeployedMethod> {
  const checks = compileRequestChecks(definitions, api.id);
  const authorizers = compileAuthorizers(kernel, definitions, api.id);
  const byResource = Map.groupBy(
    [...definitions.methods.values()].filter(({ apiId }) => apiId === api.id),
    ({ resourceId }) => resourceId,
  );
  const routes = new RouteTrie<DeployedMethod>();
  for (const [resourceId, declared] of byResource) {
    const resourcePath = pathOf(definitions, api, resourceId);
    const methods = declared.map((method): [string, DeployedMethod] => {
      const key = `${method.httpMethod} ${resourcePath}`;
      const throttle = stage.throttles.get(key) ?? stage.throttles.get('*');
      return [
        method.httpMethod,
        {
          key,
          ...integrationOf(method),
          authorizer: authorizerOf(authorizers, method),
          check: checks(method),
          throttle,
        },
      ];
    });
    routes.add({ resourceId, resourcePath, methods: new Map(methods) });
  }
  return routes;
}

function integrationOf(method: ApiMethod): Pick<DeployedMethod, 'functionArn' | 'timeoutMs' | 'apiKeyRequired'> {
  return { functionArn: method.functionArn, timeoutMs: method.timeoutMs, apiKeyRequired: method.apiKeyRequired };
}

function authorizerOf(
  authorizers: ReadonlyMap<string, DeployedAuthorizer>,
  method: ApiMethod,
): DeployedAuthorizer | undefined {
  if (method.authorizerId === undefined) return undefined;
  const authorizer = authorizers.get(method.authorizerId);
  if (authorizer) return authorizer;
  throw new AwsError('BadRequestException', `Invalid authorizer ID specified: ${method.authorizerId}`);
}

function compileAuthorizers(
  kernel: Kernel,
  definitions: Definitions,
  apiId: string,
): ReadonlyMap<string, DeployedAuthorizer> {
  const authorizers = new Map<string, DeployedAuthorizer>();
  for (const authorizer of definitions.authorizers.values()) {
    if (authorizer.apiId !== apiId) continue;
    const { validationExpression } = authorizer;
    authorizers.set(authorizer.id, {
      ...authorizer,
      arn: kernel.arn('execute-api', `${apiId}/authorizers/${authorizer.id}`),
      readSources: authorizer.identitySources.map(compileMapping),
      validToken: validationExpression === undefined ? undefined : new RegExp(`^(?:${validationExpression})$`),
    });
  }
  return authorizers;
}

/** From the resource up to the root: `/v1/orders/{id}`. */
function pathOf(definitions: Definitions, api: RestApi, resourceId: string): string {
  const parts: string[] = [];
  for (let id = resourceId; id !== api.rootResourceId; ) {
    const resource = definitions.resources.get(id);
    if (!resource)
      throw new AwsError('NotFoundException', `Invalid Resource identifier specified: ${id}`, { status: 404 });
    parts.unshift(resource.pathPart);
    id = resource.parentId;
  }
  return `/${parts.join('/')}`;
}
