import { B3_HOLIDAYS } from './holidays.ts';
import { addDays, type CalendarDate } from './instant.ts';

/** Shares settle on D+2. Dated, as B3 has announced D+1 for 2028 without a date; the newest entry first. */
const SETTLEMENT_LAGS = [{ from: '2019-05-27', businessDays: 2 }] as const;
const LAG_BEFORE_BUSINESS_DAYS = 3;

export function isBusinessDay(date: CalendarDate): boolean {
  const dayOfWeek = new Date(`${date}T00:00:00Z`).getUTCDay();
  return dayOfWeek !== 0 && dayOfWeek !== 6 && !B3_HOLIDAYS.has(date);
}

/** The first business day after a date. */
export function nextBusinessDay(date: CalendarDate): CalendarDate {
  let day = addDays(date, 1);
  while (!isBusinessDay(day)) day = addDays(day, 1);
  return day;
}

/** The date itself when it is a business day, else the first one before it. */
export function businessDayAtOrBefore(date: CalendarDate): CalendarDate {
  let day = date;
  while (!isBusinessDay(day)) day = addDays(day, -1);
  return day;
}

/** The day on which trades of a trading date are paid and delivered. */
export function settlementDate(tradeDate: CalendarDate): CalendarDate {
  const lag = SETTLEMENT_LAGS.find((entry) => tradeDate >= entry.from)?.businessDays ?? LAG_BEFORE_BUSINESS_DAYS;
  let day = tradeDate;
  for (let counted = 0; counted < lag; counted += 1) day = nextBusinessDay(day);
  return day;
}
