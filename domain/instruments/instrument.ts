import type { Cents } from '../money/cents.ts';
import type { Shares } from './shares.ts';

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
