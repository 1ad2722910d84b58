import { assert } from '@brokerage/domain/assert';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { type AuditItem, toOrderEvent } from '../platform/audit-item.ts';
import type { Key } from '../platform/table-expression.ts';
import type { Tables } from '../platform/tables.ts';
import { inEventOrder } from './event-order.ts';

/** What an account's orders went through, from the Audit table. */
export interface AccountEventsStore {
  /** The event of that id if it is one of this account's orders. */
  find(accountId: string, eventId: string): Promise<OrderEvent | null>;
  /** Those of these ids, at most 100, in their order: events are never deleted. */
  named(eventIds: readonly string[]): Promise<readonly OrderEvent[]>;
  /** Those after it, in order of time and, within an order, of `seq`; at most `limit`, the oldest. */
  since(accountId: string, event: OrderEvent, limit: number): Promise<readonly OrderEvent[]>;
}

/**
 * Events of different orders may reach a client in another order than that of their times: transactions run side by side, and so
 * do the shards of a stream. So those of other orders that are just before the given one are given, too: the client knows by `seq` what it had.
 */
const REORDERED_MS = 2_000;
/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_BATCH_GET = 100;
const EVENT_ID = /^([\w-]{1,64})#(\d{1,6})$/;

type EventKeys = Pick<AuditItem, 'orderId' | 'seq'>;

export function createAccountEventsStore(tables: Tables, table: string): AccountEventsStore {
  return {
    async find(accountId, eventId) {
      const key = keyOf(eventId);
      const item = key && (await tables.get<AuditItem>(table, key));
      const event = item && toOrderEvent(item);
      return event?.payload.order.accountId === accountId ? event : null;
    },
    async named(eventIds) {
      const keys = eventIds.flatMap((eventId) => keyOf(eventId) ?? []);
      const found = await tables.batchGet<AuditItem>(keys.map((key) => ({ table, key })));
      assert(found.length === eventIds.length, `of ${eventIds.length} events there are ${found.length}`);
      const byId = new Map(found.map((item) => [`${item.orderId}#${item.seq}`, toOrderEvent(item)]));
      return eventIds.flatMap((eventId) => byId.get(eventId) ?? []);
    },
    async since(accountId, event, limit) {
      const keys = await keysSince(tables, table, accountId, event, limit);
      const events: OrderEvent[] = [];
      for (let start = 0; start < keys.length; start += MAX_BATCH_GET) {
        const batch = keys.slice(start, start + MAX_BATCH_GET);
        const found = await tables.batchGet<AuditItem>(
          batch.map(({ orderId, seq }) => ({ table, key: { orderId, seq } })),
        );
        events.push(...found.map(toOrderEvent));
      }
      return inEventOrder(events, ({ subjectId, seq, atMs }) => ({
        orderId: subjectId,
        seq,
        occurredAt: formatInstant(atMs),
      }));
    },
  };
}

function keyOf(eventId: string): EventKeys | null {
  const [, orderId, seq] = EVENT_ID.exec(eventId) ?? [];
  return orderId === undefined ? null : { orderId, seq: Number(seq) };
}

async function keysSince(
  tables: Tables,
  table: string,
  accountId: string,
  { atMs, subjectId, seq }: OrderEvent,
  limit: number,
): Promise<readonly EventKeys[]> {
  const key = {
    expression: 'accountId = :account AND eventKey > :from',
    values: { ':account': accountId, ':from': formatInstant(epochMs(atMs - REORDERED_MS)) },
  };
  const keys: EventKeys[] = [];
  let after: Key | null = null;
  do {
    const page: { items: readonly EventKeys[]; lastKey: Key | null } = await tables.query<EventKeys>({
      table,
      index: 'byAccount',
      key,
      after,
    });
    keys.push(...page.items.filter((item) => item.orderId !== subjectId || item.seq > seq));
    after = page.lastKey;
  } while (after && keys.length < limit);
  return keys.slice(0, limit);
}
