import type { ClientProfile } from './facts-store.ts';

type FindClient = (accountId: string) => Promise<ClientProfile | null>;

/** What acceptance needs of a client (the fee band) changes once a month; what may stop an order is read afresh in its saga. */
const TTL_MS = 60_000;
const MAX_CLIENTS = 10_000;

/** Keeps the profiles of those who sent orders lately, so that accepting an order reads nothing. */
export function cacheClients(find: FindClient, now: () => number): FindClient {
  const known = new Map<string, { readonly client: ClientProfile; readonly untilMs: number }>();
  return async (accountId) => {
    const cached = known.get(accountId);
    if (cached && now() < cached.untilMs) return cached.client;
    const client = await find(accountId);
    if (known.size >= MAX_CLIENTS) known.clear();
    if (client) known.set(accountId, { client, untilMs: now() + TTL_MS });
    return client;
  };
}
