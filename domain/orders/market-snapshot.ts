import type { EpochMs } from '../calendar/instant.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { type PriceBand, priceBand } from '../instruments/price-band.ts';
import type { Side } from '../instruments/side.ts';
import { isStale } from '../market-data/price-staleness.ts';
import type { Cents } from '../money/cents.ts';

/** An instrument's prices as last heard from the market-data feed, at `atMs`. */
export interface MarketSnapshot {
  readonly lastCents: Cents | null;
  readonly previousCloseCents: Cents | null;
  readonly bidCents: Cents | null;
  readonly askCents: Cents | null;
  readonly atMs: EpochMs;
}

/** Last trade, else the previous close: the base of the band, and what a stop is compared with. */
export function basePrice(market: MarketSnapshot | null): Cents | null {
  return market?.lastCents ?? market?.previousCloseCents ?? null;
}

/** What a market order would meet now: the best opposite price, else the last trade; null when unknown or too old. */
export function referencePrice(side: Side, market: MarketSnapshot | null, nowMs: EpochMs): Cents | null {
  if (!market || isStale(market.atMs, nowMs)) return null;
  return (side === 'BUY' ? market.askCents : market.bidCents) ?? market.lastCents;
}

/** The tunnel in force; null when there is no base price, and then the exchange alone decides. */
export function currentBand(instrument: Instrument, market: MarketSnapshot | null): PriceBand | null {
  const base = basePrice(market);
  return base === null ? null : priceBand(base, instrument.bandPercent, instrument.tickCents);
}
