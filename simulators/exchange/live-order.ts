import type { NewOrder, OrdStatus, OrdType, Side, TimeInForce } from '@brokerage/contracts/exchange';

/**
 * An order as the exchange holds it, open or ended. `priceCents` is where it rests or may trade as a limit: null while a MARKET or a
 * waiting STOP has none. `waiting`: a stop not yet triggered. `priority` orders equal prices: the seq of the
 * report that put the order where it stands (NEW, REPLACED, TRIGGERED, RESTATED).
 * `expiresAtMs` is null for GTC and for what never rests.
 */
export interface LiveOrder {
  readonly firstClOrdId: string;
  clOrdId: string;
  readonly account: string;
  readonly symbol: string;
  readonly side: Side;
  readonly ordType: OrdType;
  readonly timeInForce: TimeInForce;
  readonly expiresAtMs: number | null;
  orderQty: number;
  cumQty: number;
  priceCents: number | null;
  stopPriceCents: number | null;
  protectionPriceCents: number | null;
  waiting: boolean;
  priority: number;
  ended: 'CANCELED' | 'REJECTED' | 'EXPIRED' | null;
}

export function newLiveOrder(message: NewOrder, expiresAtMs: number | null): LiveOrder {
  return {
    firstClOrdId: message.clOrdId,
    clOrdId: message.clOrdId,
    account: message.account,
    symbol: message.symbol,
    side: message.side,
    ordType: message.ordType,
    timeInForce: message.timeInForce,
    expiresAtMs,
    orderQty: message.quantity,
    cumQty: 0,
    priceCents: message.priceCents ?? null,
    stopPriceCents: message.stopPriceCents ?? null,
    protectionPriceCents: message.protectionPriceCents ?? null,
    waiting: message.stopPriceCents !== undefined,
    priority: 0,
    ended: null,
  };
}

export function leavesQty(order: LiveOrder): number {
  return order.ended === null ? order.orderQty - order.cumQty : 0;
}

export function isOpen(order: LiveOrder): boolean {
  return leavesQty(order) > 0;
}

export function ordStatus(order: LiveOrder): OrdStatus {
  if (order.ended !== null) return order.ended;
  if (order.cumQty === 0) return 'NEW';
  return order.cumQty < order.orderQty ? 'PARTIALLY_FILLED' : 'FILLED';
}
