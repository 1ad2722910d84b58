import type { OrderEventMessage } from '@brokerage/contracts/order-event';

type Placed = Pick<OrderEventMessage, 'orderId' | 'seq' | 'occurredAt'>;

/**
 * By time, and each order's own by `seq`: a function is told the time when it starts, so that of two events of one order the later one may carry
 * the earlier time. They then change places.
 */
export function inEventOrder<Item>(items: readonly Item[], placeOf: (item: Item) => Placed): readonly Item[] {
  const byTime = items.toSorted((a, b) => compareTimes(placeOf(a), placeOf(b)));
  const ownOf = Map.groupBy(byTime, (item) => placeOf(item).orderId);
  for (const own of ownOf.values()) own.sort((a, b) => placeOf(b).seq - placeOf(a).seq);
  return byTime.map((item) => ownOf.get(placeOf(item).orderId)?.pop() ?? item);
}

function compareTimes(a: Placed, b: Placed): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  return a.orderId < b.orderId ? -1 : 1;
}
