import { notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { ResourceType, Service } from '../../kernel/service.ts';
import { Definitions } from './definitions.ts';
import { compileStage, type DeployedStage } from './deployed-stage.ts';
import { type Admission, createAdmitClient, type UpgradeRequest } from './execution/admit-client.ts';
import { Connections } from './execution/connections.ts';
import type { HandshakeRefusal } from './execution/handshake-refusal.ts';
import { managementAccess } from './management/access.ts';
import { managementOperations } from './management/management-operations.ts';
import { managementProtocol } from './management/management-protocol.ts';
import { apiResource } from './resources/api.resource.ts';
import { authorizerResource } from './resources/authorizer.resource.ts';
import { deploymentResource } from './resources/deployment.resource.ts';
import { integrationResource } from './resources/integration.resource.ts';
import { routeResource } from './resources/route.resource.ts';
import { routeResponseResource } from './resources/route-response.resource.ts';
import { stageResource } from './resources/stage.resource.ts';

/**
 * API Gateway's WebSocket APIs: the resources, the `@connections` operations, which callers sign as `execute-api`, and what the
 * clients' listener needs.
 */
export interface WebSocketGateway extends Service {
  readonly name: 'execute-api';
  /** Whether a client that asks for an upgrade is let in; call `open` or `abandon` of the admission. */
  admit(request: UpgradeRequest): Promise<Admission | HandshakeRefusal>;
  /** Forgets the open connections without running their `$disconnect`, which the next start does. */
  hangUp(): void;
}

export function createApigatewayV2(kernel: Kernel): WebSocketGateway {
  const definitions = new Definitions();
  const connections = new Connections(kernel);
  const stages = new Map<string, DeployedStage>();
  const admitClient = createAdmitClient(kernel, stages, connections);
  return {
    name: 'execute-api',
    protocol: managementProtocol,
    operations: managementOperations(connections),
    access: managementAccess(stages),
    denial: { code: 'ForbiddenException', status: 403 },
    resources: resourceTypes(kernel, definitions),
    start: () => {
      deploy(kernel, definitions, stages);
      connections.disconnectEarlier(stages);
    },
    stop: () => connections.hangUp(),
    admit: admitClient,
    hangUp: () => connections.hangUp(),
  };
}

/** Stages are told apart by their name, the path at which clients connect. */
function deploy(kernel: Kernel, definitions: Definitions, stages: Map<string, DeployedStage>): void {
  for (const stage of definitions.stages.values()) {
    if (stages.has(stage.name)) throw notSupported(`two stages of WebSocket APIs with the name ${stage.name}`);
    stages.set(stage.name, compileStage(kernel, definitions, stage));
  }
}

function resourceTypes(kernel: Kernel, definitions: Definitions): Record<string, ResourceType> {
  return {
    'AWS::ApiGatewayV2::Api': apiResource(kernel, definitions),
    'AWS::ApiGatewayV2::Authorizer': authorizerResource(definitions),
    'AWS::ApiGatewayV2::Deployment': deploymentResource(),
    'AWS::ApiGatewayV2::Integration': integrationResource(definitions),
    'AWS::ApiGatewayV2::Route': routeResource(definitions),
    'AWS::ApiGatewayV2::RouteResponse': routeResponseResource(definitions),
    'AWS::ApiGatewayV2::Stage': stageResource(definitions),
  };
}
