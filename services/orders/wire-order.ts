import type { CancelRequest, NewOrder, ReplaceRequest } from '@brokerage/contracts/exchange';
import type { ClOrdId } from '@brokerage/domain/identifiers';
import type { Amendment, Order, OrderTerms } from '@brokerage/domain/orders/order';

/** The order as the exchange takes it. L travels along: as the limit where there is one, else as the protection. */
export function toNewOrder(order: Order): NewOrder {
  return {
    clOrdId: order.clOrdId,
    account: order.accountId,
    symbol: order.symbol,
    side: order.side,
    ordType: order.type,
    timeInForce: order.timeInForce,
    quantity: order.quantity,
    ...pricesOf(order),
    ...(order.expireDate !== null && { expireDate: order.expireDate }),
  };
}

/**
 * A change of the order under its next ClOrdID: the new total and the prices that change, since the exchange refuses a
 * price that the order no longer has (the stop of a triggered order, say).
 */
export function toReplaceRequest(order: Order, amendment: Amendment): ReplaceRequest {
  const { clOrdId, origClOrdId, quantity, limitPriceCents, stopPriceCents, reservePriceCents } = amendment;
  const isRepriced = order.type === 'STOP' && reservePriceCents !== order.reservePriceCents;
  return {
    clOrdId,
    origClOrdId,
    quantity,
    ...(limitPriceCents !== null && limitPriceCents !== order.limitPriceCents && { priceCents: limitPriceCents }),
    ...(stopPriceCents !== null && stopPriceCents !== order.stopPriceCents && { stopPriceCents }),
    ...(isRepriced && reservePriceCents !== null && { protectionPriceCents: reservePriceCents }),
  };
}

export function toCancelRequest(clOrdId: ClOrdId, origClOrdId: ClOrdId): CancelRequest {
  return { clOrdId, origClOrdId };
}

function pricesOf({ limitPriceCents, stopPriceCents, reservePriceCents }: OrderTerms) {
  return {
    ...(limitPriceCents !== null && { priceCents: limitPriceCents }),
    ...(stopPriceCents !== null && { stopPriceCents }),
    ...(limitPriceCents === null && reservePriceCents !== null && { protectionPriceCents: reservePriceCents }),
  };
}
