/** B3's rejection tunnel for shares and ETFs of 2026-03-18: 20 % around the last trade, else the previous close. */
const BAND_PERCENT = 20;

/** Inclusive; rounded to the tick inwards. */
export interface PriceBand {
  readonly lowerCents: number;
  readonly upperCents: number;
}

export function priceBand(baseCents: number, tickCents: number): PriceBand {
  const lowest = (baseCents * (100 - BAND_PERCENT)) / 100;
  const highest = (baseCents * (100 + BAND_PERCENT)) / 100;
  return {
    lowerCents: Math.max(tickCents, Math.ceil(lowest / tickCents) * tickCents),
    upperCents: Math.floor(highest / tickCents) * tickCents,
  };
}
