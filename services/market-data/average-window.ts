import type { MarketTick } from '@brokerage/contracts/market-feed';
import { bucketStart, isInAverageWindow, type SeenPrice } from '@brokerage/domain/market-data/moving-average';

/** What a window has gathered of a symbol: its newest tick, and its trades by the start of their bucket, as `seq, priceCents, seq, priceCents, …`. */
interface SymbolWindow {
  seq: number;
  atMs: number;
  readonly buckets: Record<string, number[]>;
}

/**
 * State of a tumbling window, by symbol: what Lambda hands from one invocation of the window to the next, as JSON of at most 1 MB. Trades are plain
 * numbers, so that the 10,000 records that a shard may take in ten seconds fit in well.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
 */
export type AverageWindow = Record<string, SymbolWindow>;

/**
 * Adds the ticks of one invocation. Repeats are found when the window is put into the buckets. An instrument whose last trade has left the five minutes has no
 * average, whatever is stored: its quotes are passed over, which at a thousand instruments that nobody trades are most of the work.
 */
export function gatherTicks(window: AverageWindow, ticks: readonly MarketTick[]): AverageWindow {
  for (const tick of ticks) {
    if (!tick.trade && !hasAverage(tick)) continue;
    window[tick.symbol] ??= { seq: 0, atMs: 0, buckets: {} };
    const of = window[tick.symbol] as SymbolWindow;
    if (tick.seq > of.seq) Object.assign(of, { seq: tick.seq, atMs: tick.timeMs });
    if (!tick.trade) continue;
    const start = bucketStart(tick.timeMs);
    of.buckets[start] ??= [];
    of.buckets[start]?.push(tick.seq, tick.trade.priceCents);
  }
  return window;
}

function hasAverage({ timeMs, figures: { lastTimeMs } }: MarketTick): boolean {
  return lastTimeMs !== null && isInAverageWindow(lastTimeMs, timeMs);
}

/** The trades of a symbol's window, by the start of their bucket. */
export function gatheredPrices({ buckets }: SymbolWindow): ReadonlyMap<number, readonly SeenPrice[]> {
  return new Map(Object.entries(buckets).map(([start, numbers]) => [Number(start), pairs(numbers)]));
}

function pairs(numbers: readonly number[]): readonly SeenPrice[] {
  const prices: SeenPrice[] = [];
  for (let at = 0; at < numbers.length; at += 2) {
    prices.push({ seq: numbers[at] as number, priceCents: numbers[at + 1] as number });
  }
  return prices;
}
