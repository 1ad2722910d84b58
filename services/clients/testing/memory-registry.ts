import { accountId } from '@brokerage/domain/identifiers';
import { DEFAULT_CLIENT_LIMITS } from '@brokerage/domain/risk/client-limits';
import type { IssuedKeyRecord } from '../api-key-record.ts';
import type { ApiKeysStore } from '../api-keys-store.ts';
import type { ClientsStore } from '../clients-store.ts';
import type { CloseAccount } from '../closing-store.ts';
import type { PlanKeys } from '../plan-keys-gateway.ts';
import { CLIENT_DIRECTORY, directoryKeys, type RegisteredClient } from '../registered-client.ts';
import type { StaffAction, StaffRequest } from '../staff-action.ts';

export const NOW_MS = Date.parse('2026-11-24T15:00:00Z');

export function aStaffRequest(fields: Partial<StaffRequest> = {}): StaffRequest {
  const caller = { accountId: 'operator', role: 'OPERATOR' } as const;
  return { caller, correlationId: 'corr-1', requestId: 'req-1', nowMs: NOW_MS, ...fields };
}

export function aRegisteredClient(fields: Partial<RegisteredClient> = {}): RegisteredClient {
  const id = accountId(fields.accountId ?? 'dora');
  return {
    accountId: id,
    personalData: 'sealed {"name":"Dora Lima","cpf":"39053344705"}',
    cpfIndex: 'index of 39053344705',
    state: 'ACTIVE',
    role: 'TRADER',
    plan: 'STANDARD',
    limits: DEFAULT_CLIENT_LIMITS,
    feeBand: 'UP_TO_3M',
    suitability: 'MODERATE',
    ...directoryKeys(CLIENT_DIRECTORY, id, NOW_MS),
    ...fields,
  };
}

/** Clients, keys and plans' keys in memory, with what staff did about them. */
export class MemoryRegistry {
  readonly clientsById = new Map<string, RegisteredClient>();
  readonly keysByHash = new Map<string, IssuedKeyRecord>();
  readonly planKeyIds = new Set<string>();
  readonly actions: StaffAction[] = [];
  /** A deposit that is credited between a look at the account and its closing. */
  hasMoneyMeanwhile = false;
  readonly #holders = new Map<string, string>();

  constructor(...clients: readonly RegisteredClient[]) {
    for (const client of clients) this.#keep(client);
  }

  #keep(client: RegisteredClient): void {
    this.clientsById.set(client.accountId, client);
    if (client.cpfIndex !== null) this.#holders.set(client.cpfIndex, client.accountId);
  }

  #change(id: string, fields: Partial<RegisteredClient>, action: StaffAction): void {
    const client = this.clientsById.get(id);
    if (!client) throw new Error(`there is no client ${id}`);
    this.clientsById.set(id, { ...client, ...fields });
    this.actions.push(action);
  }

  endKeys(keys: readonly IssuedKeyRecord[], atMs: number): void {
    const revokedAt = new Date(atMs).toISOString();
    for (const key of keys) this.keysByHash.set(key.keyHash, { ...key, revokedAt });
  }

  readonly closeAccount: CloseAccount = async (id, { closedAtMs, endsAtMs, keys }, action) => {
    if (this.hasMoneyMeanwhile) return false;
    this.endKeys(keys, endsAtMs);
    this.#change(id, { state: 'CLOSED', closedAtMs }, action);
    return true;
  };

  readonly clients: Pick<ClientsStore, 'find' | 'add' | 'record' | 'assess' | 'declare' | 'erase'> = {
    find: async (id) => this.clientsById.get(id) ?? null,
    add: async (client, cpfIndex, action) => {
      if (this.clientsById.has(client.accountId)) return 'EXISTS';
      if (this.#holders.has(cpfIndex)) return 'CPF_TAKEN';
      this.#keep(client);
      this.actions.push(action);
      return 'ADDED';
    },
    record: async (action) => void this.actions.push(action),
    assess: async (id, suitability, suitabilityAssessedAtMs, action) =>
      this.#change(id, { suitability, suitabilityAssessedAtMs }, action),
    declare: async (id, declaredUnsuitability, action) => this.#change(id, { declaredUnsuitability }, action),
    erase: async (erased, cpfIndex, action) => {
      this.clientsById.set(erased.accountId, erased);
      if (cpfIndex !== null) this.#holders.delete(cpfIndex);
      this.actions.push(action);
    },
  };

  readonly keys: ApiKeysStore = {
    ofClient: async (id) => [...this.keysByHash.values()].filter((key) => key.accountId === id),
    add: async (key, action) => {
      this.keysByHash.set(key.keyHash, key);
      this.actions.push(action);
    },
    replace: async (former, validUntilMs, key, action) => {
      this.keysByHash.set(former.keyHash, { ...former, validUntilMs });
      await this.keys.add(key, action);
      return true;
    },
    revoke: async (keys, atMs, action) => {
      this.endKeys(keys, atMs);
      this.actions.push(action);
    },
  };

  readonly planKeys: PlanKeys = {
    create: async (value, plan) => {
      const id = `${plan} ${value}`;
      this.planKeyIds.add(id);
      return id;
    },
    remove: async (id) => void this.planKeyIds.delete(id),
  };
}
