import type { EpochMs } from '../calendar/instant.ts';
import { acceptsOrders, phaseAt, type TradingCalendar, tradeDateAt } from '../calendar/trading-calendar.ts';
import type { UnsuitabilityCause } from '../clients/suitability.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { grossValue } from '../instruments/price.ts';
import { isOutOfBand, type PriceBand } from '../instruments/price-band.ts';
import type { Shares } from '../instruments/shares.ts';
import { type Balance, buyingPower } from '../ledger/balance.ts';
import type { Cents } from '../money/cents.ts';
import { type AccountState, type ClientLimits, mayTrade } from '../risk/client-limits.ts';
import { basePrice, currentBand, type MarketSnapshot, referencePrice } from './market-snapshot.ts';
import type { Order } from './order.ts';
import { type Hold, requiredHold } from './order-hold.ts';
import { type PricedRequest, refuseStopAgainstLimit } from './order-request.ts';
import { type ExecutionRefusal, type Refused, refuse } from './refusal.ts';
import { reservePriceOf } from './reserve-price.ts';

/** The state of the world that an order is judged against. */
export interface ExecutionFacts {
  readonly nowMs: EpochMs;
  readonly calendar: TradingCalendar;
  readonly instrument: Instrument;
  readonly market: MarketSnapshot | null;
  readonly accountState: AccountState;
  readonly limits: ClientLimits;
  /** Why shares do not suit the client, who has not declared to know it; null when they do, or it is declared. */
  readonly unsuitability: UnsuitabilityCause | null;
  readonly balance: Balance;
  /** The client's free shares of this ISIN. */
  readonly freeQuantity: Shares;
}

/** What an order will hold and at which worst price (L) it goes to the exchange. */
export interface Reservation {
  readonly reservePriceCents: Cents;
  readonly hold: Hold;
  /** Quantity × limit or reserve price, for a market sale × best bid: what limits and compliance look at. */
  readonly orderValueCents: Cents;
}

const MARKET_ORDER_MAX_AGE_MS = 60_000;

/** Judges an order before anything is blocked, in the order of `EXECUTION_REFUSALS`. */
export function validateForExecution(
  order: Order,
  facts: ExecutionFacts,
): { readonly ok: true; readonly reservation: Reservation } | Refused<ExecutionRefusal> {
  const refused = refuseStale(order, facts) ?? refuseAccount(order, facts) ?? refuseClosedMarket(facts);
  if (refused) return refused;
  const referenceCents = referencePrice(order.side, facts.market, facts.nowMs);
  const band = currentBand(facts.instrument, facts.market);
  const reservePriceCents = reservePriceOf(order, { referenceCents, tickCents: order.tickCents, band });
  if (reservePriceCents === null) return refuse('NO_REFERENCE_PRICE', { symbol: order.symbol });
  const valuePrice = isMarketSale(order) ? (referenceCents ?? reservePriceCents) : reservePriceCents;
  const orderValueCents = grossValue(order.quantity, valuePrice);
  const hold = requiredHold({ ...order, exchangeState: 'SENT', reservePriceCents });
  const refusedPrice = refuseBand(order, band) ?? refuseStop(order, facts.market);
  const refusedSize = refuseLimits(order.quantity, orderValueCents, facts.limits) ?? refuseShortfall(hold, facts);
  return refusedPrice ?? refusedSize ?? { ok: true, reservation: { reservePriceCents, hold, orderValueCents } };
}

function isMarketSale({ type, side, limitPriceCents }: Order): boolean {
  return type === 'MARKET' && side === 'SELL' && limitPriceCents === null;
}

/** An order of an earlier session, or a market order that has waited, meets another market than its client saw. */
export function refuseStale(
  order: Order,
  { nowMs, calendar }: Pick<ExecutionFacts, 'nowMs' | 'calendar'>,
): Refused<'ORDER_STALE'> | null {
  const ageMs = nowMs - order.receivedAtMs;
  const isOfEarlierSession = order.tradeDate < tradeDateAt(nowMs, calendar);
  if (!isOfEarlierSession && (order.type !== 'MARKET' || ageMs <= MARKET_ORDER_MAX_AGE_MS)) return null;
  return refuse('ORDER_STALE', { ageMs, tradeDate: order.tradeDate });
}

function refuseAccount(
  { side }: Order,
  { accountState, unsuitability }: ExecutionFacts,
): Refused<'ACCOUNT_RESTRICTED' | 'SUITABILITY'> | null {
  if (!mayTrade(accountState, side)) return refuse('ACCOUNT_RESTRICTED', { accountState });
  // Whoever has shares may sell them, whatever the profile.
  return side === 'SELL' || unsuitability === null ? null : refuse('SUITABILITY', { cause: unsuitability });
}

export function refuseClosedMarket({ nowMs, calendar }: ExecutionFacts): Refused<'MARKET_CLOSED'> | null {
  const phase = phaseAt(nowMs, calendar);
  return acceptsOrders(phase) ? null : refuse('MARKET_CLOSED', { phase });
}

export function refuseBand(
  { side, limitPriceCents }: Pick<PricedRequest, 'side' | 'limitPriceCents'>,
  band: PriceBand | null,
): Refused<'PRICE_OUT_OF_BAND'> | null {
  if (limitPriceCents === null || !band || !isOutOfBand(side, limitPriceCents, band)) return null;
  return refuse('PRICE_OUT_OF_BAND', { priceCents: limitPriceCents, ...band });
}

/** A stop must lie beyond the market (buy above, sell below), or it would trigger at once. */
export function refuseStop(
  terms: PricedRequest,
  market: MarketSnapshot | null,
): Refused<'INVALID_STOP_PRICE' | 'NO_REFERENCE_PRICE'> | null {
  const { side, stopPriceCents } = terms;
  if (stopPriceCents === null) return null;
  const lastCents = basePrice(market);
  if (lastCents === null) return refuse('NO_REFERENCE_PRICE');
  const isBeyond = side === 'BUY' ? stopPriceCents > lastCents : stopPriceCents < lastCents;
  return isBeyond ? refuseStopAgainstLimit(terms) : refuse('INVALID_STOP_PRICE', { stopPriceCents, lastCents });
}

export function refuseLimits(
  quantity: Shares,
  orderValueCents: Cents,
  { maxOrderQuantity, maxOrderValueCents }: ClientLimits,
): Refused<'LIMIT_EXCEEDED'> | null {
  if (quantity <= maxOrderQuantity && orderValueCents <= maxOrderValueCents) return null;
  return refuse('LIMIT_EXCEEDED', { quantity, maxOrderQuantity, orderValueCents, maxOrderValueCents });
}

export function refuseShortfall(
  hold: Hold,
  { balance, freeQuantity }: Pick<ExecutionFacts, 'balance' | 'freeQuantity'>,
): Refused<'INSUFFICIENT_FUNDS' | 'INSUFFICIENT_POSITION'> | null {
  const spendable = buyingPower(balance);
  if (hold.moneyCents > spendable) {
    return refuse('INSUFFICIENT_FUNDS', { requiredCents: hold.moneyCents, buyingPowerCents: spendable });
  }
  if (hold.quantity > freeQuantity) {
    return refuse('INSUFFICIENT_POSITION', { requiredQuantity: hold.quantity, freeQuantity });
  }
  return null;
}
