import { type Cents, ZERO_CENTS } from '../money/cents.ts';
import type { Rate } from '../money/rate.ts';
import { FEE_COMPONENTS, type FeeAmounts, type FeeComponent } from './fee-amounts.ts';
import type { FeeRates } from './fee-schedule.ts';

/** One line of an order's fees as its client sees it. */
export interface FeeItem {
  readonly name: FeeComponent;
  readonly rate: Rate;
  /** What the rate is applied to: the traded value; for ISS the brokerage. */
  readonly baseCents: Cents;
  readonly amountCents: Cents;
}

/** Fees line by line, in the order TRADING CCP TTA BROKERAGE ISS; components of nothing are left out. */
export function feeItems(fees: FeeAmounts, gross: Cents, rates: FeeRates): readonly FeeItem[] {
  return FEE_COMPONENTS.filter((name) => fees[name] !== ZERO_CENTS).map((name) => ({
    name,
    rate: rates[name],
    baseCents: name === 'ISS' ? fees.BROKERAGE : gross,
    amountCents: fees[name],
  }));
}
