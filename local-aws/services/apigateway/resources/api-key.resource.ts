import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { ApiKeys } from '../usage/api-keys.ts';

export function apiKeyResource(keys: ApiKeys): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const id = stableId(resource.logicalId, 'api-key');
      const request = {
        id,
        name: properties.optionalString('Name') ?? resource.logicalId,
        value: properties.optionalString('Value'),
        description: properties.optionalString('Description'),
        customerId: properties.optionalString('CustomerId'),
        enabled: properties.flag('Enabled'),
      };
      // Usage plans took the place of stage keys in 2016; the CDK still writes them, and on AWS they do nothing either.
      properties.accept('StageKeys', 'Tags');
      properties.end();
      keys.declare(request);
      return { ref: id, attributes: { APIKeyId: id } };
    },
  };
}
