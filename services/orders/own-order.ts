import { type OrderId, orderId } from '@brokerage/domain/identifiers';
import type { Order } from '@brokerage/domain/orders/order';
import type { OrderReads, OrderWithFills } from './orders-store.ts';

/** An account's order; null when there is none of this id, or it is another's: the caller cannot tell which. */
export async function findOwnOrder(
  store: Pick<OrderReads, 'find'>,
  accountId: string,
  id: string,
): Promise<Order | null> {
  const order = isOrderId(id) ? await store.find(orderId(id)) : null;
  return order?.accountId === accountId ? order : null;
}

export async function findOwnOrderWithFills(
  store: OrderReads,
  accountId: string,
  id: string,
): Promise<OrderWithFills | null> {
  const found = isOrderId(id) ? await store.findWithFills(orderId(id)) : null;
  return found?.order.accountId === accountId ? found : null;
}

/** What is no id of ours is not worth a read. */
export function isOrderId(text: string): text is OrderId {
  return text.startsWith('ORD-') && !text.includes('.');
}
