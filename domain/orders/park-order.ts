import { assert } from '../assert.ts';
import { makeChange } from './make-change.ts';
import type { Order } from './order.ts';
import type { ChangeContext, OrderChange } from './order-change.ts';

/** Parks an order while the exchange is away: its money stays blocked. Null when nothing is to be done. */
export function parkOrder(order: Order, context: ChangeContext): OrderChange | null {
  if (order.status !== 'PENDING_NEW' || order.waitingFor === 'EXCHANGE') return null;
  assert(order.exchangeState === 'SENT', `${order.orderId} cannot wait for the exchange before it is blocked`);
  return makeChange(order, { ...order, waitingFor: 'EXCHANGE' }, 'ORDER_PARKED', context);
}

/** Lets a parked order go on. Null when it is not parked. */
export function unparkOrder(order: Order, context: ChangeContext): OrderChange | null {
  if (order.waitingFor === null) return null;
  return makeChange(order, { ...order, waitingFor: null }, 'ORDER_UNPARKED', context);
}
