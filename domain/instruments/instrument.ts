import { assert } from '../assert.ts';
import type { Cents } from '../money/cents.ts';
import { type Shares, shares } from './shares.ts';
import { isFractionalSymbol, isIsin, isSymbol, mainSymbolOf } from './symbol.ts';

/** One book at the exchange. PETR4 and PETR4F are two books of one share: the same ISIN, one position. */
export interface Instrument {
  readonly symbol: string;
  readonly isin: string;
  /** The symbol under which the position is shown: PETR4 for PETR4F. */
  readonly mainSymbol: string;
  readonly market: 'STANDARD' | 'FRACTIONAL';
  readonly lotSize: Shares;
  /** FRACTIONAL: 99; STANDARD: no limit of the instrument's own, null. */
  readonly maxQuantity: Shares | null;
  readonly tickCents: Cents;
  /** Half-width of the rejection tunnel around the base price, in percent. */
  readonly bandPercent: number;
}

/** Half-width of B3's rejection tunnel for shares and ETFs (table of 2026-03-18). */
const SHARE_BAND_PERCENT = 20;
const FRACTIONAL_MAX_QUANTITY = shares(99);

interface Listing {
  readonly symbol: string;
  readonly isin: string;
  readonly lotSize: number;
  readonly tickCents: Cents;
}

/** A share's book of whole lots. The lot comes from B3's instrument file: 100 for most shares, 1 or 10 for ETFs and BDRs. */
export function standardInstrument({ symbol, isin, lotSize, tickCents }: Listing): Instrument {
  assert(isSymbol(symbol) && !isFractionalSymbol(symbol), `"${symbol}" is not the symbol of a standard book`);
  assert(isIsin(isin), `"${isin}" is not an ISIN`);
  const market = { market: 'STANDARD', maxQuantity: null, bandPercent: SHARE_BAND_PERCENT } as const;
  return { symbol, isin, mainSymbol: symbol, lotSize: shares(lotSize), tickCents, ...market };
}

/** The fractional book of the same share: one to 99 shares. */
export function fractionalOf(standard: Instrument): Instrument {
  const market = { market: 'FRACTIONAL', lotSize: shares(1), maxQuantity: FRACTIONAL_MAX_QUANTITY } as const;
  return { ...standard, symbol: `${standard.symbol}F`, mainSymbol: mainSymbolOf(standard.symbol), ...market };
}

/** Whether a quantity may be ordered in this book: whole lots, at least one, at most what the book takes. */
export function isValidLot(
  quantity: number,
  { lotSize, maxQuantity }: Pick<Instrument, 'lotSize' | 'maxQuantity'>,
): boolean {
  return quantity > 0 && quantity % lotSize === 0 && (maxQuantity === null || quantity <= maxQuantity);
}
