import type { PriceBand } from '../instruments/price-band.ts';
import type { Cents } from '../money/cents.ts';
import { protectionPrice } from '../risk/protection-price.ts';
import type { PricedRequest } from './order-request.ts';

interface PriceReferences {
  /** What a market order would meet now, null when unknown. */
  readonly referenceCents: Cents | null;
  readonly tickCents: Cents;
  readonly band: PriceBand | null;
}

/**
 * L, the worst price at which the order may be filled: its limit if it has one (a market order that rests has), else a
 * protection around the stop or around the market. Null: a market order without a reference price.
 */
export function reservePriceOf(terms: Omit<PricedRequest, 'quantity'>, references: PriceReferences): Cents | null {
  const { side, stopPriceCents, limitPriceCents } = terms;
  const { referenceCents, tickCents, band } = references;
  if (limitPriceCents !== null) return limitPriceCents;
  if (stopPriceCents !== null) return protectionPrice(side, stopPriceCents, tickCents, null);
  return referenceCents === null ? null : protectionPrice(side, referenceCents, tickCents, band);
}
