import type { Amendment, Order, OrderTerms } from './order.ts';

/**
 * The exchange has accepted the pending replacement: the order takes its terms. Until every fill announced so far is
 * booked it stays pending, holding enough for either terms, as older fills may have been at the former ones.
 */
export function acceptReplace(order: Order): Order {
  const pending = order.pendingRequest;
  if (pending?.kind !== 'REPLACE' || pending.accepted) return order;
  return {
    ...order,
    ...pending.otherTerms,
    clOrdId: pending.clOrdId,
    amendments: withOutcome(order, pending.clOrdId, 'REPLACED', null),
    pendingRequest: { ...pending, accepted: true, otherTerms: termsOf(order) },
  };
}

/** Ends the wait of an accepted replacement once nothing announced is missing. */
export function finishReplace(order: Order): Order {
  const pending = order.pendingRequest;
  const isReady = pending?.kind === 'REPLACE' && pending.accepted && order.filledQuantity >= order.announcedQuantity;
  return isReady ? { ...order, pendingRequest: null } : order;
}

/** The exchange refused the pending cancel or replacement named; another, older one changes nothing. */
export function refusePending(order: Order, clOrdId: string, reason: string | null): Order {
  const pending = order.pendingRequest;
  if (pending?.clOrdId !== clOrdId || (pending.kind === 'REPLACE' && pending.accepted)) return order;
  return { ...order, pendingRequest: null, amendments: withOutcome(order, clOrdId, 'REFUSED', reason) };
}

function withOutcome(
  order: Order,
  clOrdId: string,
  outcome: Amendment['outcome'],
  reason: string | null,
): readonly Amendment[] {
  return order.amendments.map((amendment) =>
    amendment.clOrdId === clOrdId ? { ...amendment, outcome, reason } : amendment,
  );
}

function termsOf({ quantity, limitPriceCents, stopPriceCents, reservePriceCents }: Order): OrderTerms {
  return { quantity, limitPriceCents, stopPriceCents, reservePriceCents };
}
