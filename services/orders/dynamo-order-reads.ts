import type { OrderId } from '@brokerage/domain/identifiers';
import type { Fill } from '@brokerage/domain/orders/fill';
import { readAll } from '../platform/paging.ts';
import type { Key } from '../platform/table-expression.ts';
import type { Tables } from '../platform/tables.ts';
import { type FillItem, fillKey, isFillItem, type OrderItem, orderKey, toFill, toOrder } from './order-item.ts';
import { listOrders } from './order-list.ts';
import type { OrderReads, OrderWithFills } from './orders-store.ts';
import { isOrderId } from './own-order.ts';

type StoredItem = OrderItem | FillItem;

/** Keys of one BatchGetItem. */
const MAX_BATCH_KEYS = 100;

export function createOrderReads(tables: Tables, table: string): OrderReads {
  return {
    async find(orderId) {
      const stored = await tables.get<OrderItem>(table, orderKey(orderId));
      return stored && toOrder(stored);
    },
    findWithFills: (orderId) => findWithFills(tables, table, orderId),
    async findMany(orderIds) {
      return (await readKeys<OrderItem>(tables, table, orderIds.filter(isOrderId).map(orderKey))).map(toOrder);
    },
    async fillsOf(orders) {
      const keys = orders.flatMap(({ orderId, executionIds }) => executionIds.map((id) => fillKey(orderId, id)));
      const fills = (await readKeys<FillItem>(tables, table, keys)).map(toFill).sort(byTime);
      return Map.groupBy(fills, ({ orderId }) => orderId);
    },
    list: (accountId, filter, limit, after) => listOrders(tables, table, accountId, filter, limit, after),
  };
}

async function findWithFills(tables: Tables, table: string, orderId: OrderId): Promise<OrderWithFills | null> {
  const key = { expression: 'orderId = :id', values: { ':id': orderId } };
  const items = await readAll<StoredItem>((after) => tables.query({ table, key, after }));
  const stored = items.find((item) => item.item === orderKey(orderId).item) as OrderItem | undefined;
  if (stored === undefined) return null;
  const fills = items.filter(isFillItem).map(toFill);
  return { order: toOrder(stored), fills: fills.sort(byTime) };
}

async function readKeys<Shape>(tables: Tables, table: string, keys: readonly Key[]): Promise<readonly Shape[]> {
  const pages: Promise<readonly Shape[]>[] = [];
  for (let start = 0; start < keys.length; start += MAX_BATCH_KEYS) {
    pages.push(tables.batchGet<Shape>(keys.slice(start, start + MAX_BATCH_KEYS).map((key) => ({ table, key }))));
  }
  return (await Promise.all(pages)).flat();
}

function byTime(a: Fill, b: Fill): number {
  return a.transactTimeMs - b.transactTimeMs || (a.executionId < b.executionId ? -1 : 1);
}
