import { cancelClOrdId } from '../identifiers.ts';
import { makeChange, withStatus } from './make-change.ts';
import type { Order } from './order.ts';
import type { ChangeContext, OrderChange } from './order-change.ts';
import { type Refused, refuse } from './refusal.ts';
import { hasEnded, isOpen } from './status.ts';

export type CancelDecision =
  | { readonly ok: true; readonly change: OrderChange | null }
  | Refused<'ORDER_NOT_OPEN' | 'ORDER_PENDING'>;

/**
 * The client wants an order cancelled. Open: PENDING_CANCEL, and the exchange is to be asked under
 * `pendingRequest.clOrdId`. Not yet at the exchange, or in doubt: only noted, see `mustAskToCancel`. Asked before:
 * accepted again, without a change (null).
 */
export function requestCancel(order: Order, context: ChangeContext): CancelDecision {
  if (hasEnded(order.status)) return refuse('ORDER_NOT_OPEN', { status: order.status });
  if (order.status === 'PENDING_REPLACE') return refuse('ORDER_PENDING', { status: order.status });
  if (order.status === 'PENDING_CANCEL') return { ok: true, change: null };
  if (order.status === 'PENDING_NEW') {
    if (order.cancelRequested) return { ok: true, change: null };
    const noted = { ...order, cancelRequested: true };
    return { ok: true, change: makeChange(order, noted, 'CANCEL_REQUESTED', context) };
  }
  const attempt = order.cancelAttempts + 1;
  const asked = withStatus({
    ...order,
    cancelRequested: true,
    cancelAttempts: attempt,
    pendingRequest: { kind: 'CANCEL', clOrdId: cancelClOrdId(order.orderId, attempt) },
  });
  return { ok: true, change: makeChange(order, asked, 'CANCEL_REQUESTED', context) };
}

/** A cancel that was noted before the order stood at the exchange is now to be asked for, by `requestCancel`. */
export function mustAskToCancel(order: Order): boolean {
  return order.cancelRequested && order.cancelAttempts === 0 && isOpen(order.status);
}
