import { totalFees } from '../fees/fee-amounts.ts';
import type { FeeRates } from '../fees/fee-schedule.ts';
import { feeIncrement } from '../fees/order-fees.ts';
import { grossValue } from '../instruments/price.ts';
import type { Shares } from '../instruments/shares.ts';
import { type Cents, cents } from '../money/cents.ts';

/**
 * K: what a purchase of `remaining` shares at no more than `reservePrice` (L) can cost, fees included, on top of the
 * gross value already filled by the order on that date (C). Fees grow with the value, so a fill at p ≤ L frees at
 * least what it costs and never needs new money.
 */
export function buyReserve(remaining: Shares, reservePrice: Cents, alreadyFilled: Cents, rates: FeeRates): Cents {
  const gross = grossValue(remaining, reservePrice);
  return cents(gross + totalFees(feeIncrement(alreadyFilled, gross, rates)));
}
