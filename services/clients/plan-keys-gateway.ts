import {
  type APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetUsagePlansCommand,
  NotFoundException,
} from '@aws-sdk/client-api-gateway';
import type { Client } from '../accounts/client.ts';

/** The keys by which API Gateway's usage plans meter clients. They open nothing: the authorizer names them for the key that came. */
export interface PlanKeys {
  /** Gives the id of a new key of this value (20 characters at least) on a plan. */
  create(value: string, plan: Client['plan']): Promise<string>;
  /** Takes it off its plan and out of the world; it may be gone already. */
  remove(planKeyId: string): Promise<void>;
}

/** API Gateway's most; there are two plans. */
const MAX_PLANS_READ = 500;

/** @param planNames names of the usage plans, of which API Gateway is asked the ids once */
export function createPlanKeys(
  client: APIGatewayClient,
  planNames: Readonly<Record<Client['plan'], string>>,
): PlanKeys {
  let ids: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    async create(value, plan) {
      ids ??= readPlanIds(client).catch((error) => {
        ids = undefined;
        throw error;
      });
      const usagePlanId = (await ids).get(planNames[plan]);
      if (!usagePlanId) throw new Error(`API Gateway has no usage plan ${planNames[plan]}`);
      const { id: keyId } = await client.send(new CreateApiKeyCommand({ name: value, value, enabled: true }));
      if (!keyId) throw new Error('API Gateway made a key without an id');
      await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
      return keyId;
    },
    async remove(apiKey) {
      try {
        await client.send(new DeleteApiKeyCommand({ apiKey }));
      } catch (error) {
        if (!(error instanceof NotFoundException)) throw error;
      }
    },
  };
}

async function readPlanIds(client: APIGatewayClient): Promise<ReadonlyMap<string, string>> {
  const { items = [] } = await client.send(new GetUsagePlansCommand({ limit: MAX_PLANS_READ }));
  return new Map(items.map(({ name, id }) => [name ?? '', id ?? '']));
}
