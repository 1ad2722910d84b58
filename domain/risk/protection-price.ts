import { percentCeilToTick, percentFloorToTick } from '../instruments/price.ts';
import type { PriceBand } from '../instruments/price-band.ts';
import type { Side } from '../instruments/side.ts';
import { type Cents, maxCents, minCents } from '../money/cents.ts';

const BUY_PROTECTION_PERCENT = 105;
const SELL_PROTECTION_PERCENT = 95;

/**
 * The worst price of an order without limit (B3's market with protection): 5 % beyond the reference, on the tick,
 * within the band. A stop has no band, as it may trigger on another day.
 */
export function protectionPrice(side: Side, reference: Cents, tick: Cents, band: PriceBand | null): Cents {
  if (side === 'BUY') {
    const ceiling = percentFloorToTick(reference, BUY_PROTECTION_PERCENT, tick);
    return band ? minCents(ceiling, band.upperCents) : ceiling;
  }
  const floor = percentCeilToTick(reference, SELL_PROTECTION_PERCENT, tick);
  return band ? maxCents(floor, band.lowerCents) : floor;
}
