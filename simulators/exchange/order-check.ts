import type { NewOrder, RejectReason, Side } from '@brokerage/contracts/exchange';
import { outOfBand } from './matching.ts';
import { goodTillDateEndMs } from './sessions.ts';
import type { SymbolMarket } from './symbol-market.ts';
import type { TradingFloor } from './trading-floor.ts';

/** Prices and stops of an order as it would stand. */
export interface OrderTerms {
  readonly side: Side;
  readonly quantity: number;
  readonly priceCents: number | null;
  readonly stopPriceCents: number | null;
  readonly protectionPriceCents: number | null;
  /** A stop that has not triggered. */
  readonly waiting: boolean;
}

/** The first reason against a new order, in the order of RejectReason; null when it is good. */
export function checkNewOrder(
  floor: TradingFloor,
  market: SymbolMarket | undefined,
  order: NewOrder,
): RejectReason | null {
  if (market === undefined) return 'UNKNOWN_SYMBOL';
  if (!isOpenNow(floor)) return 'MARKET_CLOSED';
  if (!isWellFormed(order)) return 'INVALID_ORDER';
  const terms = {
    side: order.side,
    quantity: order.quantity,
    priceCents: order.priceCents ?? null,
    stopPriceCents: order.stopPriceCents ?? null,
    protectionPriceCents: order.protectionPriceCents ?? null,
    waiting: order.stopPriceCents !== undefined,
  };
  return (
    checkLot(market, terms) ??
    checkTick(market, terms) ??
    checkExpireDate(floor, order) ??
    checkStop(market, terms) ??
    checkBand(market, terms)
  );
}

/** The checks that an order's new terms undergo too. */
export function checkNewTerms(market: SymbolMarket, terms: OrderTerms): RejectReason | null {
  return checkLot(market, terms) ?? checkTick(market, terms) ?? checkStop(market, terms) ?? checkBand(market, terms);
}

export function isOpenNow(floor: TradingFloor): boolean {
  const { forcedOpen, session, moment } = floor;
  return forcedOpen ?? (session.opensAtMs === null || moment.atMs >= session.opensAtMs);
}

/** When an order entered now expires, or null. Call for good orders only. */
export function expiryOf(floor: TradingFloor, order: NewOrder): number | null {
  if (order.timeInForce === 'DAY') return floor.session.endsAtMs;
  if (order.timeInForce === 'GTD' && order.expireDate !== undefined) {
    return goodTillDateEndMs(floor.calendar, order.expireDate);
  }
  return null;
}

/** Each type has exactly its own prices, GTD its date, and MARKET lives a day at most. */
function isWellFormed(order: NewOrder): boolean {
  const limited = order.ordType === 'LIMIT' || order.ordType === 'STOP_LIMIT';
  const stopped = order.ordType === 'STOP' || order.ordType === 'STOP_LIMIT';
  return (
    limited === (order.priceCents !== undefined) &&
    stopped === (order.stopPriceCents !== undefined) &&
    !(limited && order.protectionPriceCents !== undefined) &&
    (order.timeInForce === 'GTD') === (order.expireDate !== undefined) &&
    !(order.ordType === 'MARKET' && (order.timeInForce === 'GTC' || order.timeInForce === 'GTD'))
  );
}

function checkLot({ instrument }: SymbolMarket, { quantity }: OrderTerms): RejectReason | null {
  const tooLarge = instrument.maxOrderQuantity !== null && quantity > instrument.maxOrderQuantity;
  return tooLarge || quantity % instrument.lotSize !== 0 ? 'INVALID_LOT' : null;
}

function checkTick({ instrument }: SymbolMarket, terms: OrderTerms): RejectReason | null {
  const prices = [terms.priceCents, terms.stopPriceCents, terms.protectionPriceCents];
  return prices.some((price) => price !== null && price % instrument.tickCents !== 0) ? 'INVALID_TICK' : null;
}

function checkExpireDate(floor: TradingFloor, order: NewOrder): RejectReason | null {
  const expiresAtMs = expiryOf(floor, order);
  return expiresAtMs !== null && expiresAtMs <= floor.moment.atMs ? 'INVALID_EXPIRE_DATE' : null;
}

/** A buy waits above the last price with its limit at or above the stop, a sale below with its limit at or below. */
function checkStop(market: SymbolMarket, terms: OrderTerms): RejectReason | null {
  const { side, waiting, stopPriceCents, priceCents } = terms;
  if (!waiting || stopPriceCents === null) return null;
  const sign = side === 'BUY' ? 1 : -1;
  const waits = sign * (stopPriceCents - market.referenceCents) > 0;
  const reachable = priceCents === null || sign * (priceCents - stopPriceCents) >= 0;
  return waits && reachable ? null : 'INVALID_STOP_PRICE';
}

/** Not for a waiting stop: it may trigger on another day, in another band. */
function checkBand(market: SymbolMarket, terms: OrderTerms): RejectReason | null {
  if (terms.waiting || terms.priceCents === null) return null;
  return outOfBand(market, terms, terms.priceCents) ? 'PRICE_OUT_OF_BAND' : null;
}
