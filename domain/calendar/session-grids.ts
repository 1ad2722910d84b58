import { assert } from '../assert.ts';
import type { CalendarDate } from './instant.ts';

export type TradingPhase = 'CANCELLATION' | 'OPENING_CALL' | 'CONTINUOUS' | 'CLOSING_CALL' | 'CLOSED';

/** When phases begin, in minutes of São Paulo's day, from the first day on which the grid is in force. */
export interface SessionGrid {
  readonly from: string;
  readonly phases: readonly { readonly phase: TradingPhase; readonly fromMinute: number }[];
}

/** B3's grids move with daylight saving in the United States, so that the close stays near New York's. */
const GRID_IN_US_STANDARD_TIME = phases('17:55', '18:00');
const GRID_IN_US_DAYLIGHT_TIME = phases('16:55', '17:00');

/**
 * The grids of the share market, oldest first. 2026 and 2027 follow the known pattern: B3 confirms each change
 * weeks before. The after-market is not here: since 2025-11-03 shares have none but on days of option expiry.
 */
const SESSION_GRIDS: readonly SessionGrid[] = [
  { from: '2023-11-06', phases: GRID_IN_US_STANDARD_TIME },
  { from: '2024-03-11', phases: GRID_IN_US_DAYLIGHT_TIME },
  { from: '2024-11-04', phases: GRID_IN_US_STANDARD_TIME },
  { from: '2025-03-10', phases: GRID_IN_US_DAYLIGHT_TIME },
  { from: '2025-11-03', phases: GRID_IN_US_STANDARD_TIME },
  { from: '2026-03-09', phases: GRID_IN_US_DAYLIGHT_TIME },
  { from: '2026-11-03', phases: GRID_IN_US_STANDARD_TIME },
  { from: '2027-03-15', phases: GRID_IN_US_DAYLIGHT_TIME },
  { from: '2027-11-08', phases: GRID_IN_US_STANDARD_TIME },
];

function phases(closingCall: string, close: string): SessionGrid['phases'] {
  return [
    { phase: 'CANCELLATION', fromMinute: minuteOfDay('09:30') },
    { phase: 'OPENING_CALL', fromMinute: minuteOfDay('09:45') },
    { phase: 'CONTINUOUS', fromMinute: minuteOfDay('10:00') },
    { phase: 'CLOSING_CALL', fromMinute: minuteOfDay(closingCall) },
    { phase: 'CLOSED', fromMinute: minuteOfDay(close) },
  ];
}

function minuteOfDay(time: string): number {
  const [hours = '', minutes = ''] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The grid in force on a date. Breaks for dates before the first one. */
export function sessionGridOn(date: CalendarDate): SessionGrid {
  const grid = SESSION_GRIDS.findLast((candidate) => candidate.from <= date);
  assert(grid !== undefined, `no session grid is known for ${date}`);
  return grid;
}

/** The minute of São Paulo's day at which the session of a date ends. */
export function closingMinuteOn(date: CalendarDate): number {
  return sessionGridOn(date).phases.at(-1)?.fromMinute ?? 0;
}
