import type { ErasedClient } from '@brokerage/contracts/rest/clients';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { retentionDuty } from '@brokerage/domain/clients/retention';
import type * as z from 'zod';
import type { PersonalDataVault } from '../accounts/personal-data.ts';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import type { ClientRecordsStore } from './client-records-store.ts';
import type { ClientsStore } from './clients-store.ts';
import type { RegisteredClient } from './registered-client.ts';
import { type StaffRequest, staffAction } from './staff-action.ts';

export interface EraseClientPorts {
  readonly clients: Pick<ClientsStore, 'find' | 'record' | 'erase'>;
  readonly records: Pick<ClientRecordsStore, 'lastEntryAtMs'>;
  readonly vault: Pick<PersonalDataVault, 'seal'>;
}

/** Erases who a client was, on the client's request, unless a law has it kept; then the answer says which duty, and until when. */
export async function eraseClient(
  request: StaffRequest,
  clientId: string,
  ports: EraseClientPorts,
): Promise<ApiAnswer<z.input<typeof ErasedClient>>> {
  const client = await ports.clients.find(clientId);
  if (!client) return problem('NOT_FOUND');
  const { closedAtMs = null } = client;
  const lastEntryAtMs = await ports.records.lastEntryAtMs(clientId);
  const duty = retentionDuty({ closedAtMs, lastEntryAtMs }, request.nowMs);
  if (duty) {
    await ports.clients.record(staffAction(request, clientId, 'ERASURE_REFUSED'));
    const until = 'untilMs' in duty ? formatInstant(duty.untilMs) : null;
    return problem('RETENTION_DUTY', { facts: { reason: duty.reason, until } });
  }
  return erase(request, client, ports);
}

/** The account is closed, so that no key opens it any more. */
async function erase(
  request: StaffRequest,
  client: RegisteredClient,
  { clients, vault }: EraseClientPorts,
): Promise<ApiAnswer<z.input<typeof ErasedClient>>> {
  const { accountId, cpfIndex, requestMac: _mac, ...rest } = client;
  const erasedAtMs = client.erasedAtMs ?? request.nowMs;
  const personalData = await vault.seal(accountId, { name: '', cpf: null });
  const left = { ...rest, accountId, personalData, cpfIndex: null, erasedAtMs };
  await clients.erase(left, cpfIndex, staffAction(request, accountId, 'CLIENT_ERASED'));
  return answer({ clientId: accountId, erasedAt: formatInstant(epochMs(erasedAtMs)) });
}
