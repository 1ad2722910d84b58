import type { ResourceType } from '../../../kernel/service.ts';
import { stableId } from '../identifiers.ts';
import { ResourceProperties } from '../resource-properties.ts';
import type { ApiKeys } from '../usage/api-keys.ts';

export function apiKeyResource(keys: ApiKeys): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const id = stableId(resource.logicalId, 'api-key');
      keys.declare({
        id,
        name: properties.optionalString('Name') ?? resource.logicalId,
        value: properties.optionalString('Value'),
        description: properties.optionalString('Description'),
        customerId: properties.optionalString('CustomerId'),
        enabled: properties.flag('Enabled'),
      });
      properties.accept('Tags');
      properties.end();
      return { ref: id, attributes: { APIKeyId: id } };
    },
  };
}
