import { formatInstant } from '@brokerage/domain/calendar/instant';
import { type AccountId, type OrderId, orderId } from '@brokerage/domain/identifiers';
import type { Order } from '@brokerage/domain/orders/order';
import type { Expression, Key } from '../platform/table-expression.ts';
import type { Tables } from '../platform/tables.ts';
import { type OrderItem, orderKey, toOrder } from './order-item.ts';
import type { OrderFilter, OrderList } from './orders-store.ts';

/**
 * The index byAccount holds keys, symbol and clientOrderId, which never change, so it costs one write an order and not one
 * a change; the orders themselves are read by key.
 */
const ACCOUNT_INDEX = 'byAccount';
/** Keys taken from the index at a time: one BatchGetItem. */
const CHUNK = 100;
/** A filter that matches little stops after this many chunks with a short page and a cursor. */
const MAX_CHUNKS = 5;

interface IndexEntry {
  readonly orderId: OrderId;
  readonly placedKey: string;
}

export async function listOrders(
  tables: Tables,
  table: string,
  accountId: AccountId,
  filter: OrderFilter,
  limit: number,
  after: string | null,
): Promise<OrderList> {
  const orders: Order[] = [];
  let place = after;
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk += 1) {
    const entries = await indexPage(tables, table, accountId, filter, place);
    for (const { order, placedKey } of await ordersOf(tables, table, entries.items)) {
      if (filter.status === undefined || order.status === filter.status) orders.push(order);
      place = placedKey;
      if (orders.length === limit) return { orders, next: place };
    }
    if (entries.next === null) return { orders, next: null };
    place = entries.next;
  }
  return { orders, next: place };
}

async function indexPage(
  tables: Tables,
  table: string,
  accountId: AccountId,
  filter: OrderFilter,
  after: string | null,
): Promise<{ readonly items: readonly IndexEntry[]; readonly next: string | null }> {
  const page = await tables.query<IndexEntry>({
    table,
    index: ACCOUNT_INDEX,
    key: {
      expression: 'accountId = :account AND placedKey >= :from',
      values: { ':account': accountId, ':from': filter.fromMs === undefined ? ' ' : formatInstant(filter.fromMs) },
    },
    filter: fixedFieldsFilter(filter),
    limit: CHUNK,
    newestFirst: true,
    after: after === null ? null : startKey(accountId, after),
  });
  return { items: page.items, next: page.lastKey === null ? null : String(page.lastKey.placedKey) };
}

function fixedFieldsFilter({ symbol, clientOrderId }: OrderFilter): Expression | undefined {
  const wanted = Object.entries({ symbol, clientOrderId }).filter(([, value]) => value !== undefined);
  if (wanted.length === 0) return undefined;
  return {
    expression: wanted.map(([name]) => `#${name} = :${name}`).join(' AND '),
    names: Object.fromEntries(wanted.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(wanted.map(([name, value]) => [`:${name}`, value])),
  };
}

/** In the order of the index. */
async function ordersOf(tables: Tables, table: string, entries: readonly IndexEntry[]) {
  if (entries.length === 0) return [];
  const keys = entries.map((entry) => ({ table, key: orderKey(entry.orderId) }));
  const stored = new Map((await tables.batchGet<OrderItem>(keys)).map((item) => [item.orderId, item]));
  return entries.flatMap(({ orderId: id, placedKey }) => {
    const item = stored.get(id);
    return item ? [{ order: toOrder(item), placedKey }] : [];
  });
}

/** A placedKey is `<time>#<orderId>`, so it names the whole key of its item. */
function startKey(accountId: AccountId, placedKey: string): Key {
  return { accountId, placedKey, ...orderKey(orderId(placedKey.slice(placedKey.indexOf('#') + 1))) };
}
