import {
  type APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import type { NewAccount, SeedTools } from './open-account.ts';

const PLAN_NAMES: Readonly<Record<NewAccount['plan'], string>> = { STANDARD: 'Standard', PROFESSIONAL: 'Professional' };

/** Makes keys and adds them to the template's usage plans, which it looks up once. */
export function usagePlans(client: APIGatewayClient): SeedTools['addToPlan'] {
  let ids: Promise<ReadonlyMap<string, string>> | undefined;
  return async (value, plan) => {
    ids ??= planIds(client);
    const usagePlanId = (await ids).get(PLAN_NAMES[plan]);
    if (!usagePlanId) throw new Error(`the template has no usage plan ${PLAN_NAMES[plan]}`);
    const key = await client.send(new CreateApiKeyCommand({ name: value, value, enabled: true }));
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: key.id, keyType: 'API_KEY' }));
  };
}

async function planIds(client: APIGatewayClient): Promise<ReadonlyMap<string, string>> {
  const { items = [] } = await client.send(new GetUsagePlansCommand({ limit: 100 }));
  return new Map(items.map(({ name, id }) => [name ?? '', id ?? '']));
}
