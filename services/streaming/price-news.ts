import type { MarketTick } from '@brokerage/contracts/market-feed';

/** A symbol whose price stands still is told once a second all the same, so that who has just subscribed sees it. */
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
   * The newest tick of each symbol, where it is newer than what was told and says something new: the last trade differs, or a second has gone by. A
   * change of the best bid and offer alone is no news here, and ticks that come twice, or late, are none.
   */
  take(ticks: readonly MarketTick[], nowMs: number): readonly MarketTick[] {
    const newest = new Map<string, MarketTick>();
    for (const tick of ticks) if (tick.seq > (newest.get(tick.symbol)?.seq ?? 0)) newest.set(tick.symbol, tick);
    const news = [...newest.values()].filter((tick) => isNews(tick, this.#told.get(tick.symbol), nowMs));
    for (const { symbol, seq, figures } of news) {
      this.#told.set(symbol, { seq, trades: figures.trades, lastCents: figures.lastCents, atMs: nowMs });
    }
    return news;
  }
}

function isNews({ seq, figures }: MarketTick, told: Told | undefined, nowMs: number): boolean {
  if (figures.lastCents === null) return false;
  if (!told) return true;
  if (seq <= told.seq) return false;
  return figures.trades !== told.trades || figures.lastCents !== told.lastCents || nowMs - told.atMs >= REPEAT_MS;
}
