import type { CalendarDate } from '../calendar/instant.ts';
import type { Fill } from '../orders/fill.ts';
import type { TradedBuckets } from './day-trade.ts';
import { addFees, type FeeAmounts, NO_FEES, subtractFees } from './fee-amounts.ts';
import { type FeeBand, feeScheduleOn } from './fee-schedule.ts';
import { feesOn } from './order-fees.ts';

/** What the note of a date costs: each bucket at its own rates, on its sum, each component cut to centavos. */
export function noteFees(buckets: TradedBuckets, tradeDate: CalendarDate, band: FeeBand): FeeAmounts {
  const schedule = feeScheduleOn(tradeDate);
  return addFees(
    feesOn(buckets.normalGrossCents, schedule.normal[band]),
    feesOn(buckets.dayTradeGrossCents, schedule.dayTrade),
  );
}

/** δ of a note: what it costs beyond what the fills were charged one by one. The note rules. */
export function noteDifference(note: FeeAmounts, fills: readonly Fill[]): FeeAmounts {
  return subtractFees(
    note,
    fills.reduce((sum, fill) => addFees(sum, fill.fees), NO_FEES),
  );
}
