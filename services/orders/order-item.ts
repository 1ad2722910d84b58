import { type EpochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import type { ExecutionId, OrderId } from '@brokerage/domain/identifiers';
import type { Fill } from '@brokerage/domain/orders/fill';
import type { Order } from '@brokerage/domain/orders/order';
import { type SweepKind, sweepDue, sweepShard } from './sweep-schedule.ts';

/** Items of the Orders table, partition key `orderId`, sort key `item`: the order, and each of its fills. */
const ORDER_ITEM = 'ORDER';
const FILL_PREFIX = 'FILL#';

/** What the order's item has beside the domain's fields; the sweep's are there only while the sweeper must watch it. */
interface OrderItemIndexes {
  readonly item: string;
  /** Sort key of the index byAccount. */
  readonly placedKey: string;
  readonly sweepShard?: number;
  readonly sweepAfterMs?: number;
  readonly sweepKind?: SweepKind;
  readonly sweepTries?: number;
}

export type OrderItem = Order & OrderItemIndexes;
export type FillItem = Fill & { readonly item: string };

export function orderKey(orderId: string) {
  return { orderId, item: ORDER_ITEM };
}

export function toOrderItem(order: Order): OrderItem {
  const indexes = { item: ORDER_ITEM, placedKey: placedKey(order.receivedAtMs, order.orderId) };
  const due = sweepDue(order);
  if (due === null) return { ...order, ...indexes };
  const sweep = { sweepShard: sweepShard(order.orderId), sweepAfterMs: due.atMs, sweepKind: due.kind, sweepTries: 0 };
  return { ...order, ...indexes, ...sweep };
}

export function toOrder(stored: OrderItem): Order {
  const { item: _item, placedKey: _key, sweepShard: _shard, sweepAfterMs: _after, ...rest } = stored;
  const { sweepKind: _kind, sweepTries: _tries, ...order } = rest;
  return order;
}

/** Sorts orders of an account by time of receipt; the id tells those of one millisecond apart. */
function placedKey(receivedAtMs: EpochMs, orderId: string): string {
  return `${formatInstant(receivedAtMs)}#${orderId}`;
}

export function fillKey(orderId: OrderId, executionId: ExecutionId) {
  return { orderId, item: `${FILL_PREFIX}${executionId}` };
}

export function toFillItem(fill: Fill): FillItem {
  return { ...fill, ...fillKey(fill.orderId, fill.executionId) };
}

export function isFillItem(stored: FillItem | OrderItem): stored is FillItem {
  return stored.item.startsWith(FILL_PREFIX);
}

export function toFill({ item: _item, ...fill }: FillItem): Fill {
  return fill;
}
