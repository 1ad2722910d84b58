import { type EpochMs, epochMs } from '../calendar/instant.ts';
import { type Cents, cents } from '../money/cents.ts';

/** The average goes over whole buckets: the one that holds the instant asked for, and the 29 before it. */
const BUCKET_MS = 10_000;
const BUCKETS = 30;

/** The trades of ten seconds of one instrument. `seen` are the sequence numbers that are in the sum, rising. */
export interface PriceBucket {
  readonly startMs: number;
  readonly sumCents: number;
  readonly count: number;
  readonly seen: readonly number[];
}

export interface SeenPrice {
  readonly seq: number;
  readonly priceCents: number;
}

export function bucketStart(atMs: number): EpochMs {
  return epochMs(Math.floor(atMs / BUCKET_MS) * BUCKET_MS);
}

/** The start of the oldest bucket that counts at an instant. */
export function averageWindowStart(atMs: number): EpochMs {
  return epochMs(bucketStart(atMs) - (BUCKETS - 1) * BUCKET_MS);
}

/** Whether a trade, or an average made then, is still within the window of an instant. */
export function isInAverageWindow(thenMs: number, atMs: number): boolean {
  return averageWindowStart(atMs) <= thenMs && bucketStart(thenMs) <= bucketStart(atMs);
}

export function emptyBucket(startMs: number): PriceBucket {
  return { startMs, sumCents: 0, count: 0, seen: [] };
}

/** The bucket with the prices that it has not seen yet; the very same one when it has seen them all. */
export function addPrices(bucket: PriceBucket, prices: readonly SeenPrice[]): PriceBucket {
  const seen = new Set(bucket.seen);
  let { sumCents } = bucket;
  for (const { seq, priceCents } of prices) {
    if (seen.has(seq)) continue;
    seen.add(seq);
    sumCents += priceCents;
  }
  if (seen.size === bucket.seen.length) return bucket;
  return { startMs: bucket.startMs, sumCents, count: seen.size, seen: [...seen].sort((a, b) => a - b) };
}

/** Rule MEAN_HALF_UP: the mean of the trade prices of the buckets, to the centavo; null without trades. Each trade counts once, whatever its size. */
export function meanPrice(buckets: Iterable<Pick<PriceBucket, 'sumCents' | 'count'>>): Cents | null {
  let sum = 0;
  let count = 0;
  for (const bucket of buckets) {
    sum += bucket.sumCents;
    count += bucket.count;
  }
  return count === 0 ? null : cents(Math.floor((2 * sum + count) / (2 * count)));
}
