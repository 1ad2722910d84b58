import type { ErasedClient } from '@brokerage/contracts/rest/clients';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { retentionDuty } from '@brokerage/domain/clients/retention';
import type * as z from 'zod';
import type { PersonalDataVault } from '../accounts/personal-data.ts';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import type { TransactAction } from '../platform/transaction.ts';
import type { IssuedKeyRecord } from './api-key-record.ts';
import type { ApiKeysStore } from './api-keys-store.ts';
import type { ClientRecordsStore } from './client-records-store.ts';
import type { ClientsStore } from './clients-store.ts';
import type { PlanKeys } from './plan-keys-gateway.ts';
import type { RegisteredClient } from './registered-client.ts';
import { type StaffRequest, staffAction } from './staff-action.ts';

export interface EraseClientPorts {
  readonly clients: Pick<ClientsStore, 'find' | 'record' | 'erase'>;
  readonly records: ClientRecordsStore;
  readonly keys: Pick<ApiKeysStore, 'ofClient'>;
  readonly planKeys: Pick<PlanKeys, 'remove'>;
  readonly vault: Pick<PersonalDataVault, 'seal'>;
  readonly revoke: (key: IssuedKeyRecord, atMs: number) => TransactAction;
}

/** Erases who a client is, on the client's request, unless a law has it kept; then the answer says which duty, and until when. */
export async function eraseClient(
  request: StaffRequest,
  clientId: string,
  ports: EraseClientPorts,
): Promise<ApiAnswer<z.input<typeof ErasedClient>>> {
  const client = await ports.clients.find(clientId);
  if (!client) return problem('NOT_FOUND');
  const [hasHoldings, lastEntryAtMs] = await Promise.all([
    ports.records.hasHoldings(clientId),
    ports.records.lastEntryAtMs(clientId),
  ]);
  const duty = retentionDuty({ openedAtMs: client.openedAtMs, hasHoldings, lastEntryAtMs }, request.nowMs);
  if (duty) {
    await ports.clients.record(staffAction(request, clientId, 'ERASURE_REFUSED'));
    const until = 'untilMs' in duty ? formatInstant(duty.untilMs) : null;
    return problem('RETENTION_DUTY', { facts: { reason: duty.reason, until } });
  }
  return erase(request, client, ports);
}

async function erase(
  request: StaffRequest,
  client: RegisteredClient,
  { clients, keys, planKeys, vault, revoke }: EraseClientPorts,
): Promise<ApiAnswer<z.input<typeof ErasedClient>>> {
  const { accountId, cpfIndex, requestMac: _mac, ...rest } = client;
  const erasedAtMs = client.erasedAtMs ?? request.nowMs;
  const personalData = await vault.seal(accountId, { name: '', cpf: null });
  const left = { ...rest, accountId, personalData, cpfIndex: null, state: 'CLOSED', erasedAtMs } as const;
  const held = await keys.ofClient(accountId);
  const revocations = held.map((key) => revoke(key, request.nowMs));
  await clients.erase(left, cpfIndex, staffAction(request, accountId, 'CLIENT_ERASED'), revocations);
  for (const planKeyId of new Set(held.map((key) => key.planKeyId))) await planKeys.remove(planKeyId);
  return answer({ clientId: accountId, erasedAt: formatInstant(epochMs(erasedAtMs)) });
}
