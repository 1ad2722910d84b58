import type { CalendarDate } from '../calendar/instant.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { isValidLot } from '../instruments/instrument.ts';
import { isOnTick } from '../instruments/price.ts';
import type { Shares } from '../instruments/shares.ts';
import type { Side } from '../instruments/side.ts';
import type { Cents } from '../money/cents.ts';
import type { OrderType, TimeInForce } from './order.ts';
import { type Refused, type RequestRefusal, refuse } from './refusal.ts';

/** A client's order as parsed from the wire: well formed, not yet judged. */
export interface OrderRequest {
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly quantity: Shares;
  readonly limitPriceCents: Cents | null;
  readonly stopPriceCents: Cents | null;
  readonly expireDate: CalendarDate | null;
}

export type PricedRequest = Pick<OrderRequest, 'side' | 'type' | 'quantity' | 'limitPriceCents' | 'stopPriceCents'>;

/** Judges what the request and the instrument alone decide; `today` is São Paulo's date. Null: nothing to refuse. */
export function refuseRequest(
  request: OrderRequest,
  instrument: Instrument | null,
  today: CalendarDate,
): Refused<RequestRefusal> | null {
  if (!instrument) return refuse('UNKNOWN_SYMBOL', { symbol: request.symbol });
  return (
    refuseLot(request.quantity, instrument) ??
    refuseTick(request, instrument.tickCents) ??
    refusePrices(request) ??
    refuseValidity(request, today) ??
    refuseStopAgainstLimit(request)
  );
}

export function refuseLot(quantity: Shares, instrument: Instrument): Refused<'INVALID_LOT'> | null {
  if (isValidLot(quantity, instrument)) return null;
  const { lotSize, maxQuantity } = instrument;
  return refuse('INVALID_LOT', { quantity, lotSize, maxQuantity });
}

export function refuseTick(
  { limitPriceCents, stopPriceCents }: Pick<OrderRequest, 'limitPriceCents' | 'stopPriceCents'>,
  tickCents: Cents,
): Refused<'INVALID_TICK'> | null {
  const offTick = [limitPriceCents, stopPriceCents].find((price) => price !== null && !isOnTick(price, tickCents));
  return offTick === undefined ? null : refuse('INVALID_TICK', { priceCents: offTick, tickCents });
}

/** Which prices each type has: LIMIT a limit, STOP a stop, STOP_LIMIT both, MARKET none. */
function refusePrices({ type, limitPriceCents, stopPriceCents }: PricedRequest): Refused<RequestRefusal> | null {
  const needsLimit = type === 'LIMIT' || type === 'STOP_LIMIT';
  const needsStop = type === 'STOP' || type === 'STOP_LIMIT';
  if (needsLimit && limitPriceCents === null) return refuse('LIMIT_PRICE_REQUIRED', { type });
  if (!needsLimit && limitPriceCents !== null) return refuse('LIMIT_PRICE_NOT_ALLOWED', { type });
  if (needsStop && stopPriceCents === null) return refuse('STOP_PRICE_REQUIRED', { type });
  if (!needsStop && stopPriceCents !== null) return refuse('STOP_PRICE_NOT_ALLOWED', { type });
  return null;
}

/** A market order does not wait for days; a stop waits, so it cannot be immediate. */
function refuseValidity(
  { type, timeInForce, expireDate }: OrderRequest,
  today: CalendarDate,
): Refused<RequestRefusal> | null {
  const waitsForDays = timeInForce === 'GTC' || timeInForce === 'GTD';
  const isImmediate = timeInForce === 'IOC' || timeInForce === 'FOK';
  const isStop = type === 'STOP' || type === 'STOP_LIMIT';
  if ((type === 'MARKET' && waitsForDays) || (isStop && isImmediate)) {
    return refuse('TIME_IN_FORCE_NOT_ALLOWED', { type, timeInForce });
  }
  if (timeInForce === 'GTD' && expireDate === null) return refuse('EXPIRE_DATE_REQUIRED', { timeInForce });
  if (timeInForce !== 'GTD' && expireDate !== null) return refuse('EXPIRE_DATE_NOT_ALLOWED', { timeInForce });
  if (expireDate !== null && expireDate < today) return refuse('EXPIRE_DATE_PAST', { expireDate, today });
  return null;
}

/** A stop-limit must still be executable when it triggers: buy limit ≥ stop, sell limit ≤ stop. */
export function refuseStopAgainstLimit(request: PricedRequest): Refused<'INVALID_STOP_PRICE'> | null {
  const { side, type, limitPriceCents, stopPriceCents } = request;
  if (type !== 'STOP_LIMIT' || limitPriceCents === null || stopPriceCents === null) return null;
  const isExecutable = side === 'BUY' ? limitPriceCents >= stopPriceCents : limitPriceCents <= stopPriceCents;
  return isExecutable ? null : refuse('INVALID_STOP_PRICE', { limitPriceCents, stopPriceCents });
}
