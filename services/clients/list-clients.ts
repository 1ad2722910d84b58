import type { ClientPage } from '@brokerage/contracts/rest/clients';
import type { ListQuery } from '@brokerage/contracts/rest/paging';
import { accountId } from '@brokerage/domain/identifiers';
import * as z from 'zod';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import type { ClientsStore } from './clients-store.ts';
import { clientSummary } from './registered-client.ts';

const ClientsPlace = z.strictObject({ accountId: z.string().min(1), openedKey: z.string().min(1) });

export async function listClients(
  { cursor, limit }: ListQuery,
  clients: Pick<ClientsStore, 'page'>,
): Promise<ApiAnswer<z.input<typeof ClientPage>>> {
  const place = decodeCursor(ClientsPlace, cursor);
  if (place === null) return problem('INVALID_CURSOR');
  const after = place && { accountId: accountId(place.accountId), openedKey: place.openedKey };
  const { items, lastKey } = await clients.page(after ?? null, limit);
  const last = lastKey && { accountId: lastKey.accountId, openedKey: lastKey.openedKey };
  return answer({ items: items.map(clientSummary), nextCursor: last && encodeCursor(last) });
}
