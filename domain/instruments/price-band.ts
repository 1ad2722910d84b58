import type { Cents } from '../money/cents.ts';
import { percentCeilToTick, percentFloorToTick } from './price.ts';
import type { Side } from './side.ts';

/** B3's rejection tunnel: both limits are allowed prices. */
export interface PriceBand {
  readonly lowerCents: Cents;
  readonly upperCents: Cents;
}

/** The tunnel of ±`bandPercent` around the base price (last trade, else previous close), rounded inward to ticks. */
export function priceBand(base: Cents, bandPercent: number, tick: Cents): PriceBand {
  return {
    lowerCents: percentCeilToTick(base, 100 - bandPercent, tick),
    upperCents: percentFloorToTick(base, 100 + bandPercent, tick),
  };
}

/** One-sided: a buy above or a sale below is refused; a cheap buy and a dear sale merely wait. */
export function isOutOfBand(side: Side, price: Cents, band: PriceBand): boolean {
  return side === 'BUY' ? price > band.upperCents : price < band.lowerCents;
}
