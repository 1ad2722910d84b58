import {
  addPrices,
  averageWindowStart,
  bucketStart,
  emptyBucket,
  meanPrice,
  type PriceBucket,
  type SeenPrice,
} from '@brokerage/domain/market-data/moving-average';
import { type AverageWindow, gatheredPrices } from './average-window.ts';
import type { PriceBucketsStore } from './price-buckets-store.ts';
import type { StockPricesStore } from './stock-prices-store.ts';

export interface AverageBooks {
  readonly buckets: PriceBucketsStore;
  readonly prices: Pick<StockPricesStore, 'saveAverage'>;
}

/** Somebody else writes a bucket only when a former run of this function still does: rarely, and not for long. */
const MAX_ATTEMPTS = 5;
/** Symbols worked on at once: as many as the SDK has sockets. */
const MAX_SYMBOLS = 50;

/**
 * Puts a window that has ended into the buckets, each trade into that of its own time, and makes each symbol's moving average anew, as of its newest tick.
 * Windows go by arrival and come at least once: a trade that its bucket has seen changes nothing.
 */
export async function averagePrices(window: AverageWindow, books: AverageBooks): Promise<void> {
  const symbols = Object.entries(window);
  for (let start = 0; start < symbols.length; start += MAX_SYMBOLS) {
    await Promise.all(
      symbols.slice(start, start + MAX_SYMBOLS).map(async ([symbol, gathered]) => {
        const { seq, atMs } = gathered;
        const buckets = await fillBuckets(symbol, atMs, gatheredPrices(gathered), books.buckets);
        await books.prices.saveAverage(symbol, { seq, atMs, averageCents: meanPrice(buckets) });
      }),
    );
  }
}

/** The buckets of the average at an instant, with the prices that came. What came for an older one counts for no average any more. */
async function fillBuckets(
  symbol: string,
  atMs: number,
  prices: ReadonlyMap<number, readonly SeenPrice[]>,
  store: PriceBucketsStore,
): Promise<readonly PriceBucket[]> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const former = await store.list(symbol, averageWindowStart(atMs), bucketStart(atMs));
    const filled = new Map(former.map((bucket) => [bucket.startMs, bucket]));
    const writes: Promise<boolean>[] = [];
    for (const [startMs, came] of prices) {
      if (startMs < averageWindowStart(atMs) || startMs > atMs) continue;
      const known = filled.get(startMs) ?? emptyBucket(startMs);
      const bucket = addPrices(known, came);
      if (bucket === known) continue;
      filled.set(startMs, bucket);
      writes.push(store.save(symbol, bucket, known.count));
    }
    const written = await Promise.all(writes);
    if (written.every((isWritten) => isWritten)) return [...filled.values()];
  }
  throw new Error(`the price buckets of ${symbol} were changed by others ${MAX_ATTEMPTS} times`);
}
