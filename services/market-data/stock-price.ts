import type { MarketTick } from '@brokerage/contracts/market-feed';

/** An item of the table StockPrices: an instrument's newest tick, when it was heard (by our clock), and its moving average as last made. */
export interface StockPrice {
  readonly symbol: string;
  readonly seq: number;
  readonly tradeDate: string;
  readonly timeMs: number;
  readonly arrivedAtMs: number;
  readonly lastCents: number | null;
  readonly lastTimeMs: number | null;
  readonly bidCents: number | null;
  readonly bidQty: number;
  readonly askCents: number | null;
  readonly askQty: number;
  readonly openCents: number | null;
  readonly highCents: number | null;
  readonly lowCents: number | null;
  readonly previousCloseCents: number;
  readonly tradedQty: number;
  readonly turnoverCents: number;
  readonly trades: number;
  readonly movingAverageCents?: number | null;
  /** On the exchange's clock, as all times but `arrivedAtMs`. */
  readonly movingAverageAtMs?: number;
  readonly movingAverageSeq?: number;
}

/** What a tick says of its instrument: all of it, so that a new trade date starts anew by itself. */
export type TickPrice = Omit<StockPrice, 'movingAverageCents' | 'movingAverageAtMs' | 'movingAverageSeq'>;

export function tickPrice({ seq, symbol, tradeDate, timeMs, figures }: MarketTick, arrivedAtMs: number): TickPrice {
  const { lowerLimitCents: _lower, upperLimitCents: _upper, ...kept } = figures;
  return { ...kept, symbol, seq, tradeDate, timeMs, arrivedAtMs };
}
