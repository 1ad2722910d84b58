import type { ClosedClient } from '@brokerage/contracts/rest/clients';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { isLive } from '@brokerage/domain/clients/api-key';
import { closingObstacle } from '@brokerage/domain/clients/closing';
import type * as z from 'zod';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import type { IssuedKeyRecord } from './api-key-record.ts';
import type { ApiKeysStore } from './api-keys-store.ts';
import type { ClientRecordsStore } from './client-records-store.ts';
import type { ClientsStore } from './clients-store.ts';
import type { CloseAccount } from './closing-store.ts';
import type { PlanKeys } from './plan-keys-gateway.ts';
import { type StaffRequest, staffAction } from './staff-action.ts';

export interface CloseClientPorts {
  readonly clients: Pick<ClientsStore, 'find'>;
  readonly closeAccount: CloseAccount;
  readonly records: Pick<ClientRecordsStore, 'contents'>;
  readonly keys: Pick<ApiKeysStore, 'ofClient'>;
  readonly planKeys: Pick<PlanKeys, 'remove'>;
}

/**
 * Closes an account that holds and owes nothing, and ends its keys; from then on count the years that its data are kept. Again, it answers the
 * same, and ends what keys the index did not show the first time.
 */
export async function closeClient(
  request: StaffRequest,
  clientId: string,
  { clients, records, keys, planKeys, closeAccount }: CloseClientPorts,
): Promise<ApiAnswer<z.input<typeof ClosedClient>>> {
  const client = await clients.find(clientId);
  if (!client) return problem('NOT_FOUND');
  const obstacle = closingObstacle(await records.contents(clientId, request.nowMs));
  if (obstacle) return problem('ACCOUNT_NOT_EMPTY', { facts: { reason: obstacle } });
  const held = await keys.ofClient(clientId);
  const live = held.filter((key) => isLive(key, request.nowMs));
  const closedAtMs = client.closedAtMs ?? request.nowMs;
  if (client.state !== 'CLOSED' || live.length > 0) {
    const action = staffAction(request, clientId, 'CLIENT_CLOSED');
    const isClosed = await closeAccount(clientId, { closedAtMs, endsAtMs: request.nowMs, keys: live }, action);
    if (!isClosed) return problem('ACCOUNT_NOT_EMPTY', { facts: { reason: 'MONEY' } });
  }
  await removeAll(planKeys, held, closedAtMs);
  return answer({ clientId, closedAt: formatInstant(epochMs(closedAtMs)) });
}

/** Of the keys that ended with the account; those that ended before lost theirs then. */
async function removeAll(planKeys: Pick<PlanKeys, 'remove'>, held: readonly IssuedKeyRecord[], closedAtMs: number) {
  const ending = held.filter(({ revokedAt }) => revokedAt === undefined || Date.parse(revokedAt) >= closedAtMs);
  for (const planKeyId of new Set(ending.map((key) => key.planKeyId))) await planKeys.remove(planKeyId);
}
