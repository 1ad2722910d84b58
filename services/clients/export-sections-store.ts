import * as z from 'zod';
import { CLIENT_ITEM } from '../platform/account-item.ts';
import type { AuditItem } from '../platform/audit-item.ts';
import type { Key } from '../platform/table-expression.ts';
import type { Page, Tables } from '../platform/tables.ts';
import { apiKeyView, type IssuedKeyRecord } from './api-key-record.ts';
import type { ExportedRecord, ExportSection } from './export-client.ts';

export interface ExportTables {
  readonly accounts: string;
  readonly ledger: string;
  readonly transfers: string;
  readonly audit: string;
  readonly outbox: string;
  readonly apiKeys: string;
  readonly staffActions: string;
}

/** DynamoDB reads at most so many items of a batch at once. */
const PAGE = 100;
const text = z.string().min(1);

interface SectionOf<Item> {
  readonly table: string;
  readonly index?: string;
  readonly place: z.ZodObject;
  readonly records: (items: readonly Item[]) => readonly ExportedRecord[] | Promise<readonly ExportedRecord[]>;
}

/** Where a client's data lie, in the order of the export. An order's events hold it and its fills at each step. */
export function exportSections(tables: Tables, names: ExportTables): readonly ExportSection[] {
  const section = <Item>(of: SectionOf<Item>) => sectionOf(tables, of);
  const plain = (kind: string) => (items: readonly object[]) => items.map((data) => ({ kind, data }));
  return [
    section<{ readonly item: string }>({
      table: names.accounts,
      place: z.strictObject({ item: text }),
      records: (items) =>
        items.flatMap((data) => (data.item === CLIENT_ITEM ? [] : [{ kind: data.item.split('#', 1)[0] ?? '', data }])),
    }),
    section({ table: names.ledger, place: z.strictObject({ entryKey: text }), records: plain('LEDGER_ENTRY') }),
    section<{ readonly kind: string }>({
      table: names.transfers,
      index: 'byAccount',
      place: z.strictObject({ transferId: text }),
      records: (items) => items.map(({ kind, ...data }) => ({ kind, data })),
    }),
    section<{ readonly orderId: string; readonly seq: number }>({
      table: names.audit,
      index: 'byAccount',
      place: z.strictObject({ eventKey: text, orderId: text, seq: z.int() }),
      records: async (found) => {
        const keys = found.map(({ orderId, seq }) => ({ table: names.audit, key: { orderId, seq } }));
        return keys.length > 0 ? (await tables.batchGet<AuditItem>(keys)).map(orderEvent) : [];
      },
    }),
    section({ table: names.outbox, place: z.strictObject({ notificationId: text }), records: plain('NOTIFICATION') }),
    section<IssuedKeyRecord>({
      table: names.apiKeys,
      index: 'byAccount',
      place: z.strictObject({ keyId: text, keyHash: text }),
      records: (items) => plain('API_KEY')(items.map(apiKeyView)),
    }),
    section({ table: names.staffActions, place: z.strictObject({ actionKey: text }), records: plain('STAFF_ACTION') }),
  ];
}

function orderEvent({ payload, ...event }: AuditItem): ExportedRecord {
  return { kind: 'ORDER_EVENT', data: { ...event, payload: JSON.parse(payload) as unknown } };
}

function sectionOf<Item>(tables: Tables, { table, index, place, records }: SectionOf<Item>): ExportSection {
  return {
    place: place as z.ZodType<Key>,
    async read(accountId, after): Promise<Page<ExportedRecord>> {
      const { items, lastKey } = await tables.query<Item>({
        table,
        ...(index && { index }),
        key: { expression: 'accountId = :account', values: { ':account': accountId } },
        limit: PAGE,
        after: after && { ...after, accountId },
      });
      return { items: await records(items), lastKey: lastKey && withoutAccount(lastKey) };
    },
  };
}

/** A cursor names no account: whose data they are comes from the path. */
function withoutAccount({ accountId: _account, ...rest }: Key): Key {
  return rest;
}
