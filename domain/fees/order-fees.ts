import type { Cents } from '../money/cents.ts';
import { cents } from '../money/cents.ts';
import { truncatedShare } from '../money/rate.ts';
import { type FeeAmounts, mapFees, subtractFees } from './fee-amounts.ts';
import type { FeeRates } from './fee-schedule.ts';

/** Fees on a traded value, each component cut to centavos by itself (TRUNC_PER_COMPONENT). Grows with the value. */
export function feesOn(gross: Cents, rates: FeeRates): FeeAmounts {
  const brokerage = truncatedShare(gross, rates.BROKERAGE);
  return mapFees((component) => truncatedShare(component === 'ISS' ? brokerage : gross, rates[component]));
}

/**
 * ΔF: what `added` costs on top of `already` traded by the same order on the same date. The sum over an order's
 * fills is the fee on their sum, in whatever order they come.
 */
export function feeIncrement(already: Cents, added: Cents, rates: FeeRates): FeeAmounts {
  return subtractFees(feesOn(cents(already + added), rates), feesOn(already, rates));
}
