import type { ClientExport } from '@brokerage/contracts/rest/clients';
import * as z from 'zod';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import type { Key } from '../platform/table-expression.ts';
import type { Page } from '../platform/tables.ts';
import type { ReadClientPorts } from './get-client.ts';
import { clearView } from './registered-client.ts';
import { type StaffRequest, staffAction } from './staff-action.ts';

export interface ExportedRecord {
  readonly kind: string;
  readonly data: object;
}

/** One kind of what is kept of a client, read page by page. */
export interface ExportSection {
  /** The attributes of its keys beside the account: a cursor may hold these and no others. */
  readonly place: z.ZodType<Key>;
  read(accountId: string, after: Key | null): Promise<Page<ExportedRecord>>;
}

/** A page is closed at this many records; with those of one more read it stays far below Lambda's 6 MB. */
const RECORDS_A_PAGE = 500;
const ExportPlace = z.strictObject({ section: z.int().min(0), after: z.unknown() });

/** All that is kept of a client, for the client: LGPD, article 18. Who took it is written down first. */
export async function exportClient(
  request: StaffRequest,
  { clientId, cursor }: { readonly clientId: string; readonly cursor?: string | undefined },
  { clients, vault, sections }: ReadClientPorts & { readonly sections: readonly ExportSection[] },
): Promise<ApiAnswer<ClientExport>> {
  const start = startOf(sections, cursor, clientId);
  if (start === null) return problem('INVALID_CURSOR');
  const client = await clients.find(clientId);
  if (!client) return problem('NOT_FOUND');
  await clients.record(staffAction(request, clientId, 'DATA_EXPORTED'));
  const { items, next } = await readSections(sections, clientId, start);
  return answer({
    client: cursor === undefined ? clearView(client, await vault.open(client)) : null,
    items: items.map(({ kind, data }) => ({ kind, data: { ...data } })),
    nextCursor: next && encodeCursor(next, clientId),
  });
}

interface Place {
  readonly section: number;
  readonly after: Key | null;
}

function startOf(sections: readonly ExportSection[], cursor: string | undefined, accountId: string): Place | null {
  const place = decodeCursor(ExportPlace, cursor, accountId);
  if (place === undefined) return { section: 0, after: null };
  const section = place && sections[place.section];
  if (!section) return null;
  if (place.after === null) return { section: place.section, after: null };
  const after = section.place.safeParse(place.after);
  return after.success ? { section: place.section, after: after.data } : null;
}

async function readSections(
  sections: readonly ExportSection[],
  accountId: string,
  start: Place,
): Promise<{ readonly items: readonly ExportedRecord[]; readonly next: Place | null }> {
  const items: ExportedRecord[] = [];
  let place: Place | null = start;
  while (place !== null && items.length < RECORDS_A_PAGE) {
    const { section: index, after }: Place = place;
    const page: Page<ExportedRecord> | undefined = await sections[index]?.read(accountId, after);
    items.push(...(page?.items ?? []));
    if (page?.lastKey) place = { section: index, after: page.lastKey };
    else place = index + 1 < sections.length ? { section: index + 1, after: null } : null;
  }
  return { items, next: place };
}
