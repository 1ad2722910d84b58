import type { PriceBucket } from '@brokerage/domain/market-data/moving-average';
import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';

export interface PriceBucketsStore {
  /** A symbol's buckets that begin from one instant to another, both included. */
  list(symbol: string, fromMs: number, toMs: number): Promise<readonly PriceBucket[]>;
  /** False when the bucket holds another number of trades than `formerCount` by now; 0 stands for no bucket. */
  save(symbol: string, bucket: PriceBucket, formerCount: number): Promise<boolean>;
}

/** By our clock, as the exchange's may be that of a day that is replayed. A bucket is of no use after the five minutes of its window. */
const KEPT_MS = 3_600_000;

/** `seen` is kept as text, each number as its distance to the one before, in base 36: two or three bytes a trade. */
interface BucketItem extends Omit<PriceBucket, 'seen'> {
  readonly seen: string;
}

export function createPriceBucketsStore(
  tables: Pick<Tables, 'query' | 'put'>,
  table: string,
  now: () => number,
): PriceBucketsStore {
  return {
    async list(symbol, fromMs, toMs) {
      const items = await readAll((after) =>
        tables.query<BucketItem>({
          table,
          key: {
            expression: 'symbol = :symbol AND startMs BETWEEN :from AND :to',
            values: { ':symbol': symbol, ':from': fromMs, ':to': toMs },
          },
          after,
        }),
      );
      return items.map(({ startMs, sumCents, count, seen }) => ({ startMs, sumCents, count, seen: unpacked(seen) }));
    },
    save: (symbol, { seen, ...bucket }, formerCount) =>
      tables.put(
        table,
        { symbol, ...bucket, seen: packed(seen), expiresAt: Math.ceil((now() + KEPT_MS) / 1000) },
        formerCount === 0
          ? { expression: 'attribute_not_exists(symbol)' }
          : { expression: '#count = :former', names: { '#count': 'count' }, values: { ':former': formerCount } },
      ),
  };
}

function packed(seen: readonly number[]): string {
  return seen.map((seq, index) => (seq - (seen[index - 1] ?? 0)).toString(36)).join();
}

function unpacked(text: string): readonly number[] {
  let seq = 0;
  return text.split(',').map((distance) => {
    seq += Number.parseInt(distance, 36);
    return seq;
  });
}
