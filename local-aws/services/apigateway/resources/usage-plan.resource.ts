import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { readThrottle } from '../../../gateway/throttle-properties.ts';
import type { ThrottleLimits } from '../../../gateway/token-bucket.ts';
import { AwsError, notSupported } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions, PlanStage, UsagePlan } from '../definitions.ts';
import type { UsagePlans } from '../usage/usage-plans.ts';

export function usagePlanResource(definitions: Definitions, plans: UsagePlans): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const id = stableId(resource.logicalId, 'usage-plan');
      const throttle = properties.object('Throttle');
      definitions.put(definitions.usagePlans, id, {
        id,
        name: properties.optionalString('UsagePlanName') ?? resource.logicalId,
        description: properties.optionalString('Description'),
        throttle: throttle && readThrottle(throttle, 'RateLimit', 'BurstLimit'),
        quota: readQuota(properties.object('Quota')),
        stages: properties.objects('ApiStages').map(readStage),
      });
      plans.changed(id);
      properties.accept('Tags');
      properties.end();
      return { ref: id, attributes: { Id: id } };
    },
  };
}

function readStage(properties: ResourceProperties): PlanStage {
  const throttles = new Map<string, ThrottleLimits>();
  for (const [pathAndMethod, limits] of properties.objectMap('Throttle')) {
    const slash = pathAndMethod.lastIndexOf('/');
    const throttle = readThrottle(limits, 'RateLimit', 'BurstLimit');
    if (throttle) throttles.set(`${pathAndMethod.slice(slash + 1)} ${pathAndMethod.slice(0, slash) || '/'}`, throttle);
  }
  return { apiId: properties.string('ApiId'), stage: properties.string('Stage'), throttles };
}

function readQuota(properties: ResourceProperties | undefined): UsagePlan['quota'] {
  if (!properties) return undefined;
  const limit = properties.number('Limit');
  if (limit === undefined) throw new AwsError('BadRequestException', 'Usage Plan quota limit is required');
  if (properties.number('Offset')) throw notSupported('Offset of a usage plan quota');
  return { limit, period: properties.oneOf('Period', ['DAY', 'WEEK', 'MONTH'], 'DAY') };
}
