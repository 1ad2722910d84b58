import type { ThrottleLimits } from '../../../gateway/token-bucket.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Operation } from '../../../kernel/service.ts';
import type { UsagePlan } from '../definitions.ts';
import type { ApiKeys } from '../usage/api-keys.ts';
import type { UsagePlans } from '../usage/usage-plans.ts';
import { page } from './page.ts';

interface CreateUsagePlanKeyInput {
  readonly usagePlanId: string;
  readonly keyId?: string;
  readonly keyType?: string;
}

interface GetUsagePlansInput {
  readonly position?: string;
  readonly limit?: string | number;
  /** Only the plans this key belongs to. */
  readonly keyId?: string;
}

export function usagePlanOperations(keys: ApiKeys, plans: UsagePlans): Record<string, Operation> {
  return {
    GetUsagePlans: (input: GetUsagePlansInput) => {
      const { keyId } = input;
      const { items, position } = page(
        plans.list().filter((plan) => !keyId || plans.has(plan.id, keyId)),
        input,
      );
      return { items: items.map(planOutput), position };
    },

    CreateUsagePlanKey: (input: CreateUsagePlanKeyInput) => {
      if (input.keyType !== 'API_KEY') throw new AwsError('BadRequestException', 'Usage Plan key type is invalid');
      plans.get(input.usagePlanId);
      const key = keys.get(input.keyId ?? '');
      plans.add(input.usagePlanId, key.id);
      return { id: key.id, type: input.keyType, value: key.value, name: key.name };
    },

    DeleteUsagePlanKey: (input: { readonly usagePlanId: string; readonly keyId: string }) => {
      plans.remove(input.usagePlanId, input.keyId);
    },
  };
}

function planOutput(plan: UsagePlan): Record<string, unknown> {
  return {
    id: plan.id,
    name: plan.name,
    description: plan.description,
    apiStages: plan.stages.map(({ apiId, stage, throttles }) => ({
      apiId,
      stage,
      throttle: throttles.size > 0 ? Object.fromEntries([...throttles].map(methodThrottle)) : undefined,
    })),
    throttle: plan.throttle && throttleOutput(plan.throttle),
    quota: plan.quota && { limit: plan.quota.limit, offset: 0, period: plan.quota.period },
  };
}

/** `GET /orders` is `/orders/GET` on the wire. */
function methodThrottle([key, limits]: readonly [string, ThrottleLimits]): [string, object] {
  const [httpMethod, path] = key.split(' ') as [string, string];
  return [`${path}/${httpMethod}`, throttleOutput(limits)];
}

function throttleOutput({ ratePerSecond, burst }: ThrottleLimits): { burstLimit: number; rateLimit: number } {
  return { burstLimit: burst, rateLimit: ratePerSecond };
}
