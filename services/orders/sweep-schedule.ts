import { type EpochMs, epochMs } from '@brokerage/domain/calendar/instant';
import type { OrderId } from '@brokerage/domain/identifiers';
import type { Order } from '@brokerage/domain/orders/order';
import { missingQuantity } from '@brokerage/domain/orders/order-quantities';
import { mustAskToCancel } from '@brokerage/domain/orders/request-cancel';
import { hasEnded } from '@brokerage/domain/orders/status';

/**
 * Why the sweeper must look at an order again if nothing happens to it.
 * UNSENT: accepted, nothing blocked yet. PARKED: waits for the exchange. IN_DOUBT: the exchange has the word.
 */
export type SweepKind = 'UNSENT' | 'PARKED' | 'IN_DOUBT';

export interface SweepDue {
  readonly kind: SweepKind;
  readonly atMs: EpochMs;
}

/** The index of transitional orders is spread over this many keys, so that no one key takes all writes. */
export const SWEEP_SHARDS = 16;

/**
 * How long an order may stand in a transitional state before the sweeper takes it up. Above the 15 s that a saga with
 * its retries takes at most; and above what an order waits in the queue under load;
 * with a run a minute an order that a crash left behind moves again within 85 s.
 */
export const SWEEP_DELAY_MS = 25_000;

/** When and why the sweeper is due for an order; null while it rests in the book or has ended. */
export function sweepDue(order: Order): SweepDue | null {
  const kind = sweepKind(order);
  return kind && { kind, atMs: epochMs(order.updatedAtMs + SWEEP_DELAY_MS) };
}

function sweepKind(order: Order): SweepKind | null {
  if (hasEnded(order.status)) return null;
  if (order.waitingFor === 'EXCHANGE') return 'PARKED';
  if (order.exchangeState === 'UNSENT') return 'UNSENT';
  return needsExchange(order) ? 'IN_DOUBT' : null;
}

/** Whether something is open between us and the exchange: an answer, an execution that was announced, or a wish to cancel. */
export function needsExchange(order: Order): boolean {
  return (
    order.status === 'PENDING_NEW' ||
    order.pendingRequest !== null ||
    missingQuantity(order) > 0 ||
    mustAskToCancel(order)
  );
}

/** FNV-1a over the order id: the same order is always in the same shard. */
export function sweepShard(orderId: OrderId): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < orderId.length; index++) {
    hash = Math.imul(hash ^ orderId.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % SWEEP_SHARDS;
}
