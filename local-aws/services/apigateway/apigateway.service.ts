import { notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { ResourceType, Service } from '../../kernel/service.ts';
import { Definitions } from './definitions.ts';
import { compileStage } from './deployment/compile-stage.ts';
import type { ApiAnswer, ApiRequest } from './execution/exchange.ts';
import { createExecuteRequest, type ExecuteRequest } from './execution/execute-request.ts';
import { apigatewayAccess } from './operations/access.ts';
import { apiKeyOperations } from './operations/api-key-operations.ts';
import { usagePlanOperations } from './operations/usage-plan-operations.ts';
import { apigatewayProtocol } from './operations/wire.ts';
import { apiKeyResource } from './resources/api-key.resource.ts';
import { authorizerResource } from './resources/authorizer.resource.ts';
import { accountResource, deploymentResource } from './resources/deployment.resource.ts';
import { gatewayResponseResource } from './resources/gateway-response.resource.ts';
import { methodResource } from './resources/method.resource.ts';
import { modelResource } from './resources/model.resource.ts';
import { requestValidatorResource } from './resources/request-validator.resource.ts';
import { resourceResource } from './resources/resource.resource.ts';
import { restApiResource } from './resources/rest-api.resource.ts';
import { stageResource } from './resources/stage.resource.ts';
import { usagePlanResource } from './resources/usage-plan.resource.ts';
import { usagePlanKeyResource } from './resources/usage-plan-key.resource.ts';
import { ApiKeys } from './usage/api-keys.ts';
import { UsagePlans } from './usage/usage-plans.ts';

/** API Gateway's REST APIs: the resources and operations, and `execute`, which the API's own listener calls. */
export interface ApiGateway extends Service {
  /**
   * Answers one client of the template's one stage. APIs are declared by the template alone and applied at each start;
   * keys, their plans and used quotas are durable.
   */
  execute(request: ApiRequest): Promise<ApiAnswer>;
}

export function createApigateway(kernel: Kernel): ApiGateway {
  const definitions = new Definitions();
  const keys = new ApiKeys(kernel);
  const plans = new UsagePlans(kernel, definitions);
  let deployed: { readonly version: number; readonly execute: ExecuteRequest } | undefined;
  const deployedNow = (): ExecuteRequest => {
    if (deployed?.version !== definitions.version) {
      deployed = { version: definitions.version, execute: deploy(kernel, definitions, keys, plans) };
    }
    return deployed.execute;
  };
  return {
    name: 'apigateway',
    protocol: apigatewayProtocol,
    operations: { ...apiKeyOperations(keys, plans), ...usagePlanOperations(keys, plans) },
    access: apigatewayAccess(kernel),
    denial: { code: 'AccessDeniedException', status: 403 },
    resources: resourceTypes(definitions, keys, plans),
    // What a template has wrong shows at the start, not at the first request.
    start: () => {
      if (definitions.stages.size > 0) deployedNow();
    },
    execute: (request) => deployedNow()(request),
  };
}

function deploy(kernel: Kernel, definitions: Definitions, keys: ApiKeys, plans: UsagePlans): ExecuteRequest {
  const [stage, another] = definitions.stages.values();
  if (!stage) throw notSupported('a request to API Gateway without a stage');
  if (another) throw notSupported('more than one stage of API Gateway');
  return createExecuteRequest(kernel, compileStage(kernel, definitions, stage), keys, plans);
}

function resourceTypes(definitions: Definitions, keys: ApiKeys, plans: UsagePlans): Record<string, ResourceType> {
  return {
    'AWS::ApiGateway::Account': accountResource(definitions),
    'AWS::ApiGateway::ApiKey': apiKeyResource(keys),
    'AWS::ApiGateway::Authorizer': authorizerResource(definitions),
    'AWS::ApiGateway::Deployment': deploymentResource(),
    'AWS::ApiGateway::GatewayResponse': gatewayResponseResource(definitions),
    'AWS::ApiGateway::Method': methodResource(definitions),
    'AWS::ApiGateway::Model': modelResource(definitions),
    'AWS::ApiGateway::RequestValidator': requestValidatorResource(definitions),
    'AWS::ApiGateway::Resource': resourceResource(definitions),
    'AWS::ApiGateway::RestApi': restApiResource(definitions),
    'AWS::ApiGateway::Stage': stageResource(definitions),
    'AWS::ApiGateway::UsagePlan': usagePlanResource(definitions, plans),
    'AWS::ApiGateway::UsagePlanKey': usagePlanKeyResource(plans),
  };
}
