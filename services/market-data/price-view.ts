import type { CandleView, PriceView } from '@brokerage/contracts/rest/prices';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { candleQuantity, candleTrades } from '@brokerage/domain/market-data/candle';
import { isInAverageWindow } from '@brokerage/domain/market-data/moving-average';
import { isStale } from '@brokerage/domain/market-data/price-staleness';
import { averagePrice } from '@brokerage/domain/money/average';
import { cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';
import type { StoredCandle } from './candles-store.ts';
import type { StockPrice } from './stock-price.ts';

const amount = (value: number) => formatCents(cents(value));
const amountOrNull = (value: number | null) => (value === null ? null : amount(value));

export function priceView(price: StockPrice, nowMs: number): PriceView {
  const lastCents = price.lastCents ?? price.previousCloseCents;
  return {
    symbol: price.symbol,
    price: amount(lastCents),
    open: amountOrNull(price.openCents),
    high: amountOrNull(price.highCents),
    low: amountOrNull(price.lowCents),
    previousClose: amount(price.previousCloseCents),
    change: amount(lastCents - price.previousCloseCents),
    bid: amountOrNull(price.bidCents),
    ask: amountOrNull(price.askCents),
    volume: price.tradedQty,
    vwap: averagePrice(cents(price.turnoverCents), price.tradedQty),
    movingAverage5m: amountOrNull(averageNow(price, nowMs)),
    time: formatInstant(epochMs(price.timeMs)),
    stale: isStale(price.arrivedAtMs, nowMs),
  };
}

/**
 * The moving average, unless no trade is within the last five minutes any more. They end now by our clock, which stands from the exchange's as far
 * off as when the last tick came: a replayed day has times of its own.
 */
function averageNow(price: StockPrice, nowMs: number): number | null {
  const { movingAverageCents, movingAverageAtMs, lastTimeMs, arrivedAtMs, timeMs } = price;
  if (movingAverageCents === undefined || movingAverageAtMs === undefined || lastTimeMs === null) return null;
  const exchangeNowMs = timeMs + Math.max(0, nowMs - arrivedAtMs);
  const isCurrent = [movingAverageAtMs, lastTimeMs].every((thenMs) => isInAverageWindow(thenMs, exchangeNowMs));
  return isCurrent ? movingAverageCents : null;
}

export function candleView(candle: StoredCandle): CandleView {
  return {
    start: formatInstant(epochMs(candle.startMs)),
    open: amount(candle.openCents),
    high: amount(candle.highCents),
    low: amount(candle.lowCents),
    close: amount(candle.closeCents),
    volume: candleQuantity(candle),
    trades: candleTrades(candle),
  };
}
