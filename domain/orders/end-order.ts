import { assert } from '../assert.ts';
import { makeChange, withHold, withStatus } from './make-change.ts';
import type { Order } from './order.ts';
import type { ChangeContext, OrderChange } from './order-change.ts';
import type { RejectReason } from './refusal.ts';
import { hasEnded } from './status.ts';

/**
 * Ends an order REJECTED and gives back all it holds. For an order never sent, or one of which the exchange has said
 * for certain that it will never be (a refusal, or the tombstone of its ClOrdID): a timeout or any other error is
 * not such an answer. Null when the order has ended already: a compensation that finds nothing writes nothing.
 */
export function rejectOrder(
  order: Order,
  reason: RejectReason,
  text: string | null,
  context: ChangeContext,
): OrderChange | null {
  if (hasEnded(order.status)) return null;
  assert(order.announcedQuantity === 0, `${order.orderId} has fills and cannot be rejected`);
  const rejected: Order = {
    ...order,
    exchangeState: 'REJECTED',
    rejectReason: reason,
    rejectText: text,
    waitingFor: null,
  };
  return ended(order, rejected, 'ORDER_REJECTED', context);
}

/** Ends an order CANCELED that the client took back before it was sent; null when it has ended already. */
export function cancelUnsent(order: Order, context: ChangeContext): OrderChange | null {
  if (hasEnded(order.status)) return null;
  assert(order.exchangeState === 'UNSENT', `${order.orderId} was sent: only the exchange can cancel it`);
  const canceled: Order = { ...order, exchangeState: 'CANCELED', cancelReason: 'CLIENT_REQUEST' };
  return ended(order, canceled, 'ORDER_CANCELED_UNSENT', context);
}

function ended(
  before: Order,
  after: Order,
  type: 'ORDER_REJECTED' | 'ORDER_CANCELED_UNSENT',
  context: ChangeContext,
): OrderChange {
  const { order, entry } = withHold(withStatus(after), 'RELEASE', context);
  return makeChange(before, order, type, context, { entries: [entry] });
}
