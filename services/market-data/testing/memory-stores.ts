import type { PriceBucket } from '@brokerage/domain/market-data/moving-average';
import { type CandlesStore, candleKeyText, type StoredCandle } from '../candles-store.ts';
import type { PriceBucketsStore } from '../price-buckets-store.ts';
import type { TickPrice } from '../stock-price.ts';
import type { MovingAverage } from '../stock-prices-store.ts';

/** The tables of market data in memory, with their conditions. Every write may be made to fail: before it is done, or after. */
export class MemoryMarketTables {
  readonly stored = new Map<string, StoredCandle>();
  readonly priceItems = new Map<string, TickPrice>();
  readonly averageItems = new Map<string, MovingAverage>();
  readonly bucketItems = new Map<string, PriceBucket>();
  writes = 0;
  #faults: ('BEFORE' | 'AFTER' | null)[] = [];

  /** What becomes of the next writes, one each. */
  failNext(faults: readonly ('BEFORE' | 'AFTER' | null)[]): void {
    this.#faults = [...faults];
  }

  #write(allowed: boolean, write: () => void): boolean {
    const fault = this.#faults.shift();
    if (fault === 'BEFORE') throw new Error('crashed before the write');
    if (allowed) {
      write();
      this.writes += 1;
    }
    if (fault === 'AFTER') throw new Error('crashed after the write');
    return allowed;
  }

  readonly candles: Pick<CandlesStore, 'find' | 'save'> = {
    find: async (keys) => {
      const found = keys.flatMap((key) => {
        const candle = this.stored.get(candleKeyText(key));
        return candle ? [[candleKeyText(key), candle] as const] : [];
      });
      return new Map(found);
    },
    save: async (key, candle, version) => {
      const text = candleKeyText(key);
      return this.#write((this.stored.get(text)?.version ?? 0) === version, () =>
        this.stored.set(text, { ...candle, startMs: key.startMs, version: version + 1 }),
      );
    },
  };

  readonly prices = {
    save: async (price: TickPrice) =>
      this.#write(price.seq > (this.priceItems.get(price.symbol)?.seq ?? 0), () =>
        this.priceItems.set(price.symbol, price),
      ),
    saveAverage: async (symbol: string, average: MovingAverage) =>
      this.#write(average.seq >= (this.averageItems.get(symbol)?.seq ?? 0), () =>
        this.averageItems.set(symbol, average),
      ),
  };

  readonly buckets: PriceBucketsStore = {
    list: async (symbol, fromMs, toMs) =>
      [...this.bucketItems].flatMap(([key, bucket]) =>
        key.startsWith(`${symbol}#`) && bucket.startMs >= fromMs && bucket.startMs <= toMs ? [bucket] : [],
      ),
    save: async (symbol, bucket, formerCount) => {
      const key = `${symbol}#${bucket.startMs}`;
      return this.#write((this.bucketItems.get(key)?.count ?? 0) === formerCount, () =>
        this.bucketItems.set(key, bucket),
      );
    },
  };
}
