import type { StreamTicket } from '@brokerage/contracts/rest/stream-tickets';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import type * as z from 'zod';
import { type ApiAnswer, answer } from '../platform/api-answer.ts';
import type { StreamTicketsStore } from './stream-tickets-store.ts';

/** Long enough for a slow handshake, too short to be found in a log and used. */
export const TICKET_LIFE_MS = 45_000;

/** A ticket in the account's name. `newTicket` gives 256 random bits, so that no two are alike and none is guessed. */
export async function createStreamTicket(
  accountId: string,
  nowMs: number,
  store: Pick<StreamTicketsStore, 'save'>,
  newTicket: () => string,
): Promise<ApiAnswer<z.input<typeof StreamTicket>>> {
  const ticket = newTicket();
  const expiresAtMs = nowMs + TICKET_LIFE_MS;
  await store.save(ticket, accountId, expiresAtMs);
  return answer({ ticket, expiresAt: formatInstant(epochMs(expiresAtMs)) });
}
