import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { notSupported } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';
import { GATEWAY_RESPONSE_TYPES } from '../execution/gateway-response-types.ts';

export function gatewayResponseResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('RestApiId');
      const responseType = properties.string('ResponseType');
      if (!Object.hasOwn(GATEWAY_RESPONSE_TYPES, responseType)) throw notSupported(`gateway response ${responseType}`);
      definitions.put(definitions.gatewayResponses, `${apiId}/${responseType}`, {
        apiId,
        responseType,
        status: properties.number('StatusCode'),
        parameters: properties.stringMap('ResponseParameters'),
        templates: properties.stringMap('ResponseTemplates'),
      });
      properties.end();
      const id = stableId(apiId, resource.logicalId);
      return { ref: id, attributes: { Id: id } };
    },
  };
}
