import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { UsagePlans } from '../usage/usage-plans.ts';

export function usagePlanKeyResource(plans: UsagePlans): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const planId = properties.string('UsagePlanId');
      const keyId = properties.string('KeyId');
      properties.oneOf('KeyType', ['API_KEY'], 'API_KEY');
      properties.end();
      if (!plans.has(planId, keyId)) plans.add(planId, keyId);
      const id = `${keyId}:${planId}`;
      return { ref: id, attributes: { Id: id } };
    },
  };
}
