import type { FeeRates as FeeRatesView } from '@brokerage/contracts/rest/accounts';
import type { CalendarDate } from '@brokerage/domain/calendar/instant';
import { FEE_COMPONENTS } from '@brokerage/domain/fees/fee-amounts';
import { type FeeBand, type FeeRates, feeScheduleOn } from '@brokerage/domain/fees/fee-schedule';
import { formatRate } from '@brokerage/domain/money/rate';

/** The first date that the domain's schedules cover. */
export const FIRST_FEE_DATE = '2021-02-01';

/** The rates in force on a date for a client's band. Throws for dates before the first one. */
export function feeRatesView(date: CalendarDate, band: FeeBand): FeeRatesView {
  const { normal, dayTrade } = feeScheduleOn(date);
  return { date, normal: ratesView(normal[band]), dayTrade: ratesView(dayTrade) };
}

function ratesView(rates: FeeRates) {
  return FEE_COMPONENTS.map((name) => ({ name, rate: formatRate(rates[name]) }));
}
