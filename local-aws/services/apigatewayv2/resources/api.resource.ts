import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';
import { domainNameOf } from '../domain-name.ts';

/** `AWS::ApiGatewayV2::Api` of the protocol WEBSOCKET; HTTP APIs are refused. */
export function apiResource(kernel: Kernel, definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const id = stableId('websocket', properties.string('Name'), resource.logicalId);
      properties.oneOf('ProtocolType', ['WEBSOCKET'], 'WEBSOCKET');
      definitions.apis.set(id, { id, routeSelectionExpression: properties.string('RouteSelectionExpression') });
      properties.accept('Description', 'Tags');
      properties.end();
      return { ref: id, attributes: { ApiId: id, ApiEndpoint: `wss://${domainNameOf(kernel, id)}` } };
    },
  };
}
