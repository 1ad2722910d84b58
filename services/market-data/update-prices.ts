import type { MarketTick } from '@brokerage/contracts/market-feed';
import { tickPrice } from './stock-price.ts';
import type { StockPricesStore } from './stock-prices-store.ts';

/** Writes on their way at once: as many as the SDK has sockets. */
const MAX_WRITING = 50;

/**
 * Keeps of each symbol the newest tick of a batch, in one write however many came. An older tick never replaces a newer one, so a batch may be worked on
 * again, in part or in whole. `arrivedAtMs`: when the batch's newest record came, by our clock.
 */
export async function updatePrices(
  ticks: readonly MarketTick[],
  arrivedAtMs: number,
  prices: Pick<StockPricesStore, 'save'>,
): Promise<void> {
  const newest = newestBySymbol(ticks);
  for (let start = 0; start < newest.length; start += MAX_WRITING) {
    const some = newest.slice(start, start + MAX_WRITING);
    await Promise.all(some.map((tick) => prices.save(tickPrice(tick, arrivedAtMs))));
  }
}

function newestBySymbol(ticks: readonly MarketTick[]): readonly MarketTick[] {
  const newest = new Map<string, MarketTick>();
  for (const tick of ticks) {
    if (tick.seq > (newest.get(tick.symbol)?.seq ?? 0)) newest.set(tick.symbol, tick);
  }
  return [...newest.values()];
}
