import type { Order } from '@brokerage/domain/orders/order';
import type { Guard, OrderChange } from '@brokerage/domain/orders/order-change';
import { type RefusalCode, type Refused, refuse } from '@brokerage/domain/orders/refusal';
import type { Position } from '@brokerage/domain/positions/position';
import type { OrdersStore } from './orders-store.ts';

/** A decision about the order as read; a change of null finds nothing to do. */
export type OrderDecision<Code extends RefusalCode> =
  | { readonly ok: true; readonly change: OrderChange | null }
  | Refused<Code>;

export type Shortfall = 'INSUFFICIENT_FUNDS' | 'INSUFFICIENT_POSITION';

/** The order as it stands after the decision, changed or not. */
export type ChangedOrder<Code extends RefusalCode> =
  | { readonly ok: true; readonly order: Order; readonly change: OrderChange | null }
  | (Refused<Code | Shortfall> & { readonly order: Order });

/**
 * The saga, the webhook, the resolver and the client may all change one order at one moment, each of them once: a
 * handful of conflicts in a row means that something else is wrong.
 */
const MAX_CONFLICTS = 8;

/**
 * Decides about an order and writes the decision in one transaction. If someone else has changed the order meanwhile, reads
 * it again and decides again from what it is now, so that several at once end as one after the other.
 */
export async function changeOrder<Code extends RefusalCode>(
  store: OrdersStore,
  order: Order,
  step: string,
  decide: (order: Order) => OrderDecision<Code>,
  position: Position | null = null,
): Promise<ChangedOrder<Code>> {
  let current = order;
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const decision = decide(current);
    if (!decision.ok) return { ...decision, order: current };
    const { change } = decision;
    if (change === null) return { ok: true, order: current, change };
    const result = await store.commit(change, step, position);
    if (result === 'COMMITTED') return { ok: true, order: change.order, change };
    if (result === 'GUARD_FAILED') return { ...shortfall(change.guard), order: current };
    current = await readAgain(store, current);
  }
  throw new Error(`order ${order.orderId} was changed by others ${MAX_CONFLICTS} times in a row during ${step}`);
}

async function readAgain(store: OrdersStore, { orderId }: Order): Promise<Order> {
  const order = await store.find(orderId);
  if (order === null) throw new Error(`order ${orderId} is gone`);
  return order;
}

function shortfall(guard: Guard | null): Refused<Shortfall> {
  if (guard?.kind === 'FREE_SHARES') {
    return refuse('INSUFFICIENT_POSITION', { requiredQuantity: guard.atLeastQuantity });
  }
  return refuse('INSUFFICIENT_FUNDS', { requiredCents: guard?.atLeastCents ?? null });
}
