import { type EpochMs, epochMs, MINUTE_MS } from '../calendar/instant.ts';

/** One trade, with the sums of its trade date right after it. `seq` orders the trades of an instrument. */
export interface CandleTrade {
  readonly seq: number;
  readonly priceCents: number;
  readonly quantity: number;
  readonly dayQuantity: number;
  readonly dayTrades: number;
}

/**
 * Prices of a stretch of time. The quantity and number of its trades are told by the day's sums before its first and after its last trade and not
 * counted: so a trade that comes twice, or late, changes nothing that it should not.
 */
export interface Candle {
  readonly openCents: number;
  readonly highCents: number;
  readonly lowCents: number;
  readonly closeCents: number;
  readonly openSeq: number;
  readonly closeSeq: number;
  readonly quantityBefore: number;
  readonly quantityAfter: number;
  readonly tradesBefore: number;
  readonly tradesAfter: number;
}

export const TRADE_CANDLE_MINUTES = { '1m': 1, '5m': 5 } as const;

/** Where the candle begins that holds an instant. */
export function candleStart(atMs: number, minutes: number): EpochMs {
  const lengthMs = minutes * MINUTE_MS;
  return epochMs(Math.floor(atMs / lengthMs) * lengthMs);
}

export const candleQuantity = ({ quantityAfter, quantityBefore }: Candle): number => quantityAfter - quantityBefore;
export const candleTrades = ({ tradesAfter, tradesBefore }: Candle): number => tradesAfter - tradesBefore;

/**
 * The candle with one more trade: the very same one when that says nothing new. Trades may come in any order and any number of times. Where the
 * exchange has begun the day's sums anew within the candle (it reopened the instrument), the candle begins anew with them.
 */
export function addTrade(candle: Candle | null, trade: CandleTrade): Candle {
  const alone = candleOf(trade);
  if (candle === null) return alone;
  if (trade.seq > candle.closeSeq) {
    return alone.quantityBefore < candle.quantityAfter ? alone : spanned(candle, candle, alone);
  }
  if (trade.seq < candle.openSeq) {
    return alone.quantityAfter > candle.quantityBefore ? candle : spanned(candle, alone, candle);
  }
  const isWithin = candle.lowCents <= trade.priceCents && trade.priceCents <= candle.highCents;
  return isWithin ? candle : spanned(alone, candle, candle);
}

function candleOf({ seq, priceCents, quantity, dayQuantity, dayTrades }: CandleTrade): Candle {
  return {
    openCents: priceCents,
    highCents: priceCents,
    lowCents: priceCents,
    closeCents: priceCents,
    openSeq: seq,
    closeSeq: seq,
    quantityBefore: dayQuantity - quantity,
    quantityAfter: dayQuantity,
    tradesBefore: dayTrades - 1,
    tradesAfter: dayTrades,
  };
}

/** From the open of one to the close of another; high and low are of all three. */
function spanned(between: Candle, first: Candle, last: Candle): Candle {
  return {
    openCents: first.openCents,
    openSeq: first.openSeq,
    quantityBefore: first.quantityBefore,
    tradesBefore: first.tradesBefore,
    closeCents: last.closeCents,
    closeSeq: last.closeSeq,
    quantityAfter: last.quantityAfter,
    tradesAfter: last.tradesAfter,
    highCents: Math.max(between.highCents, first.highCents, last.highCents),
    lowCents: Math.min(between.lowCents, first.lowCents, last.lowCents),
  };
}

/** What the exchange says of a whole trade date so far. */
export interface DayFigures {
  readonly lastCents: number | null;
  readonly openCents: number | null;
  readonly highCents: number | null;
  readonly lowCents: number | null;
  readonly tradedQty: number;
  readonly trades: number;
}

/** The day's candle by the exchange's own figures, unless what is known is of a newer tick; null while nothing was traded. */
export function dayCandle(known: Candle | null, seq: number, figures: DayFigures): Candle | null {
  const { openCents, highCents, lowCents, lastCents, tradedQty, trades } = figures;
  if (openCents === null || highCents === null || lowCents === null || lastCents === null) return known;
  if (known && known.closeSeq >= seq) return known;
  return {
    openCents,
    highCents,
    lowCents,
    closeCents: lastCents,
    openSeq: seq,
    closeSeq: seq,
    quantityBefore: 0,
    quantityAfter: tradedQty,
    tradesBefore: 0,
    tradesAfter: trades,
  };
}
