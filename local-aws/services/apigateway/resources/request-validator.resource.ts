import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

export function requestValidatorResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('RestApiId');
      const id = stableId(apiId, resource.logicalId);
      definitions.put(definitions.validators, id, {
        id,
        apiId,
        body: properties.flag('ValidateRequestBody'),
        parameters: properties.flag('ValidateRequestParameters'),
      });
      properties.accept('Name');
      properties.end();
      return { ref: id, attributes: { RequestValidatorId: id } };
    },
  };
}
