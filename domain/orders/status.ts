import { assert } from '../assert.ts';

/** FIX OrdStatus. */
export type OrderStatus =
  | 'PENDING_NEW'
  | 'NEW'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'PENDING_CANCEL'
  | 'CANCELED'
  | 'PENDING_REPLACE'
  | 'REJECTED'
  | 'EXPIRED';

/** UNSENT: nothing blocked. SENT: money or shares blocked, so it counts as sent. WORKING: the exchange has it. */
export type ExchangeState = 'UNSENT' | 'SENT' | 'WORKING' | 'CANCELED' | 'EXPIRED' | 'REJECTED';

/**
 * Every legal transition. From PENDING_NEW all answers are legal, as a report may come before the answer to the
 * order; from the two pending states the order may go back, on, or end.
 */
export const LEGAL_TRANSITIONS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING_NEW: ['NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED', 'REJECTED'],
  NEW: ['PARTIALLY_FILLED', 'FILLED', 'PENDING_CANCEL', 'PENDING_REPLACE', 'CANCELED', 'EXPIRED', 'REJECTED'],
  PARTIALLY_FILLED: ['FILLED', 'PENDING_CANCEL', 'PENDING_REPLACE', 'CANCELED', 'EXPIRED'],
  PENDING_CANCEL: ['NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED'],
  PENDING_REPLACE: ['NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED'],
  FILLED: [],
  CANCELED: [],
  REJECTED: [],
  EXPIRED: [],
};

export function hasEnded(status: OrderStatus): boolean {
  return LEGAL_TRANSITIONS[status].length === 0;
}

export function isOpen(status: OrderStatus): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED';
}

/** Breaks unless the order may go from one status to the other; to stay is always legal. */
export function assertTransition(from: OrderStatus, to: OrderStatus): void {
  assert(from === to || LEGAL_TRANSITIONS[from].includes(to), `status may not go from ${from} to ${to}`);
}

/** Whether the exchange has said its last word on the order, its CumQty apart. */
export function isEndState(state: ExchangeState): state is 'CANCELED' | 'EXPIRED' | 'REJECTED' {
  return state === 'CANCELED' || state === 'EXPIRED' || state === 'REJECTED';
}

export interface StatusFacts {
  readonly status: OrderStatus;
  readonly exchangeState: ExchangeState;
  readonly pendingRequest: { readonly kind: 'CANCEL' | 'REPLACE' } | null;
  readonly quantity: number;
  readonly filledQuantity: number;
  readonly announcedQuantity: number;
}

/**
 * The status, computed here and nowhere else, from the exchange's state, CumQty and what is left.
 * An ended order stays as it ended; one that the exchange ended waits until every announced fill is booked.
 */
export function statusOf(order: StatusFacts): OrderStatus {
  if (hasEnded(order.status)) return order.status;
  if (order.filledQuantity >= order.quantity) return 'FILLED';
  const { exchangeState } = order;
  if (isEndState(exchangeState)) return order.filledQuantity >= order.announcedQuantity ? exchangeState : order.status;
  if (order.pendingRequest) return order.pendingRequest.kind === 'CANCEL' ? 'PENDING_CANCEL' : 'PENDING_REPLACE';
  if (order.filledQuantity > 0) return 'PARTIALLY_FILLED';
  return exchangeState === 'WORKING' ? 'NEW' : 'PENDING_NEW';
}
