import { calendarDate, epochMs, MINUTE_MS, saoPauloInstant } from '@brokerage/domain/calendar/instant';
import { sessionGridOn } from '@brokerage/domain/calendar/session-grids';
import {
  acceptsOrders,
  goodTillDateEnd,
  sessionEnd,
  type TradingCalendar,
  tradeDateAt,
} from '@brokerage/domain/calendar/trading-calendar';

/**
 * A day's trading. The calls are traded as continuous time: auctions are not simulated. `opensAtMs` is null round the clock, where the next session
 * begins as one ends; DAY orders expire at `endsAtMs`.
 */
export interface Session {
  readonly tradeDate: string;
  readonly opensAtMs: number | null;
  readonly endsAtMs: number;
}

/** The session that an instant falls in or, outside of all, the next one. */
export function sessionAt(calendar: TradingCalendar, atMs: number): Session {
  const tradeDate = tradeDateAt(epochMs(atMs), calendar);
  const endsAtMs = sessionEnd(tradeDate, calendar);
  if (calendar === 'ROUND_THE_CLOCK') return { tradeDate, opensAtMs: null, endsAtMs };
  const opening = sessionGridOn(tradeDate).phases.find(({ phase }) => acceptsOrders(phase));
  return { tradeDate, opensAtMs: saoPauloInstant(tradeDate, 0) + (opening?.fromMinute ?? 0) * MINUTE_MS, endsAtMs };
}

/** When a GTD order of this date, inclusive, expires. */
export function goodTillDateEndMs(calendar: TradingCalendar, expireDate: string): number {
  return goodTillDateEnd(calendarDate(expireDate), calendar);
}
