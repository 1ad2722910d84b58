import { addDays, isTradingDay, saoPauloDate, saoPauloInstant } from './trading-days.ts';

/** B3: its days and hours. ROUND_THE_CLOCK: always open; the trade date changes when a session ends at 18:00. */
export type CalendarName = 'B3' | 'ROUND_THE_CLOCK';

/** Trading runs from `opensAtMs` to `closesAtMs`; DAY orders expire at `endsAtMs`, after the closing call (which is not simulated). */
export interface Session {
  readonly tradeDate: string;
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  readonly endsAtMs: number;
}

/** B3's hours follow daylight saving in the United States, so each grid has a first date. Hours: São Paulo. */
const B3_GRIDS = [
  { from: '2000-01-01', opens: '10:00', closes: '16:55', ends: '17:00' },
  { from: '2025-11-03', opens: '10:00', closes: '17:55', ends: '18:00' },
  { from: '2026-03-09', opens: '10:00', closes: '16:55', ends: '17:00' },
  { from: '2026-11-02', opens: '10:00', closes: '17:55', ends: '18:00' },
  { from: '2027-03-15', opens: '10:00', closes: '16:55', ends: '17:00' },
  { from: '2027-11-08', opens: '10:00', closes: '17:55', ends: '18:00' },
] as const;
const ROUND_THE_CLOCK_END = '18:00';

/** The session that an instant falls in or, outside of all, the next one. */
export function sessionAt(calendar: CalendarName, atMs: number): Session {
  let date = saoPauloDate(atMs);
  while (!isTradingDay(date) || endOf(calendar, date) <= atMs) date = addDays(date, 1);
  return sessionOn(calendar, date);
}

/** The session of a date, or the last one before it: a GTD order for a day without session ends with the one before. */
export function lastSessionUpTo(calendar: CalendarName, date: string): Session {
  let day = date;
  while (!isTradingDay(day)) day = addDays(day, -1);
  return sessionOn(calendar, day);
}

function sessionOn(calendar: CalendarName, tradeDate: string): Session {
  const endsAtMs = endOf(calendar, tradeDate);
  if (calendar === 'B3') {
    const { opens, closes } = gridOf(tradeDate);
    return {
      tradeDate,
      opensAtMs: saoPauloInstant(tradeDate, opens),
      closesAtMs: saoPauloInstant(tradeDate, closes),
      endsAtMs,
    };
  }
  let dayBefore = addDays(tradeDate, -1);
  while (!isTradingDay(dayBefore)) dayBefore = addDays(dayBefore, -1);
  return { tradeDate, opensAtMs: endOf(calendar, dayBefore), closesAtMs: endsAtMs, endsAtMs };
}

function endOf(calendar: CalendarName, date: string): number {
  return saoPauloInstant(date, calendar === 'B3' ? gridOf(date).ends : ROUND_THE_CLOCK_END);
}

function gridOf(date: string): (typeof B3_GRIDS)[number] {
  return B3_GRIDS.findLast(({ from }) => from <= date) ?? B3_GRIDS[0];
}
