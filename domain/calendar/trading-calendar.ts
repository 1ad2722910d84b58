import { businessDayAtOrBefore, isBusinessDay, nextBusinessDay } from './business-days.ts';
import { type CalendarDate, type EpochMs, MINUTE_MS, saoPauloDate, saoPauloInstant } from './instant.ts';
import { closingMinuteOn, sessionGridOn, type TradingPhase } from './session-grids.ts';

/** B3: its sessions and hours. ROUND_THE_CLOCK: the local exchange trades always; a session ends at 18:00. */
export type TradingCalendar = 'B3' | 'ROUND_THE_CLOCK';

const ROUND_THE_CLOCK_CLOSING_MINUTE = 18 * 60;

/** The instant at which the session of a trading date ends: DAY and GTD orders expire, notes are issued. */
export function sessionEnd(tradeDate: CalendarDate, calendar: TradingCalendar): EpochMs {
  const minute = calendar === 'B3' ? closingMinuteOn(tradeDate) : ROUND_THE_CLOCK_CLOSING_MINUTE;
  return saoPauloInstant(tradeDate, minute);
}

/**
 * The trading date to which an instant belongs: the first business day whose session has not ended yet. So what
 * trades round the clock after 18:00 is of the next day, and no fill comes after its day's note.
 */
export function tradeDateAt(atMs: EpochMs, calendar: TradingCalendar): CalendarDate {
  const date = saoPauloDate(atMs);
  return isBusinessDay(date) && atMs < sessionEnd(date, calendar) ? date : nextBusinessDay(date);
}

export function phaseAt(atMs: EpochMs, calendar: TradingCalendar): TradingPhase {
  if (calendar === 'ROUND_THE_CLOCK') return 'CONTINUOUS';
  const date = saoPauloDate(atMs);
  if (!isBusinessDay(date)) return 'CLOSED';
  const minute = (atMs - saoPauloInstant(date, 0)) / MINUTE_MS;
  return sessionGridOn(date).phases.findLast((entry) => entry.fromMinute <= minute)?.phase ?? 'CLOSED';
}

/** New orders enter during the calls and continuous trading; the phase before them only takes cancellations. */
export function acceptsOrders(phase: TradingPhase): boolean {
  return phase === 'OPENING_CALL' || phase === 'CONTINUOUS' || phase === 'CLOSING_CALL';
}

/** When a GTD order expires: at the end of its date's session, or of the one before when that date has none. */
export function goodTillDateEnd(expireDate: CalendarDate, calendar: TradingCalendar): EpochMs {
  return sessionEnd(businessDayAtOrBefore(expireDate), calendar);
}
