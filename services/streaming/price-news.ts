import type { StockPrice } from '../market-data/stock-price.ts';

/** A price that stands still is told once a second all the same, so that who has just subscribed sees it. */
const REPEAT_MS = 1_000;

interface Told {
  readonly seq: number;
  readonly trades: number;
  readonly lastCents: number | null;
  readonly atMs: number;
}

/** Knows what was told of each symbol last, as far as this execution environment did it. */
export class PriceNews {
  readonly #told = new Map<string, Told>();

  /**
   * The newest price of each symbol, where it is newer than what was told and says something new: the last trade differs, or a second has gone by. A
   * change of the best bid and offer alone is no news here, and what comes twice, or late, is none.
   */
  take(prices: readonly StockPrice[], nowMs: number): readonly StockPrice[] {
    const newest = new Map<string, StockPrice>();
    for (const price of prices) if (price.seq >= (newest.get(price.symbol)?.seq ?? 0)) newest.set(price.symbol, price);
    const news = [...newest.values()].filter((price) => isNews(price, this.#told.get(price.symbol), nowMs));
    for (const { symbol, seq, trades, lastCents } of news) {
      this.#told.set(symbol, { seq, trades, lastCents, atMs: nowMs });
    }
    return news;
  }
}

function isNews({ seq, trades, lastCents }: StockPrice, told: Told | undefined, nowMs: number): boolean {
  if (!told) return true;
  if (seq <= told.seq) return false;
  return trades !== told.trades || lastCents !== told.lastCents || nowMs - told.atMs >= REPEAT_MS;
}
