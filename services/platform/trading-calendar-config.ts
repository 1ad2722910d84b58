import type { TradingCalendar } from '@brokerage/domain/calendar/trading-calendar';

/** Reads the name of the calendar from its environment variable. */
export function tradingCalendarOf(text: string): TradingCalendar {
  if (text === 'B3' || text === 'ROUND_THE_CLOCK') return text;
  throw new Error(`TRADING_CALENDAR is "${text}", neither B3 nor ROUND_THE_CLOCK`);
}
