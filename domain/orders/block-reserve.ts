import { assert } from '../assert.ts';
import { makeChange, withHold } from './make-change.ts';
import type { Order } from './order.ts';
import type { ChangeContext, Decision, Guard } from './order-change.ts';
import type { Hold } from './order-hold.ts';
import { refuse } from './refusal.ts';
import { hasEnded } from './status.ts';
import type { Reservation } from './validate-for-execution.ts';

/**
 * Blocks what a validated order needs; from here on it counts as sent, and only the exchange's terminal answer frees
 * it. The guard is the store's condition; when it fails, the order is rejected with INSUFFICIENT_FUNDS or _POSITION.
 * Refused with CANCEL_REQUESTED when the client no longer wants it: then `cancelUnsent`.
 */
export function blockReserve(
  order: Order,
  reservation: Reservation,
  context: ChangeContext,
): Decision<'CANCEL_REQUESTED' | 'ORDER_NOT_OPEN'> {
  if (hasEnded(order.status)) return refuse('ORDER_NOT_OPEN', { status: order.status });
  if (order.cancelRequested) return refuse('CANCEL_REQUESTED');
  assert(order.exchangeState === 'UNSENT', `${order.orderId} is blocked already`);
  const sent: Order = { ...order, exchangeState: 'SENT', reservePriceCents: reservation.reservePriceCents };
  const { order: held, entry } = withHold(sent, 'BLOCK', context);
  const guard = guardFor(reservation.hold);
  return { ok: true, change: makeChange(order, held, 'ORDER_RESERVED', context, { entries: [entry], guard }) };
}

/** The condition under which a client-started hold may be taken; null when nothing more is taken. */
export function guardFor({ moneyCents, quantity }: Hold): Guard | null {
  if (moneyCents > 0) return { kind: 'BUYING_POWER', atLeastCents: moneyCents };
  return quantity > 0 ? { kind: 'FREE_SHARES', atLeastQuantity: quantity } : null;
}
