import { describe, expect, it } from 'vitest';
import { businessDayAtOrBefore, isBusinessDay, nextBusinessDay, settlementDate } from './business-days.ts';
import { calendarDate, epochMs, formatInstant, isCalendarDate, saoPauloDate } from './instant.ts';
import { goodTillDateEnd, phaseAt, sessionEnd, tradeDateAt } from './trading-calendar.ts';

const at = (iso: string) => epochMs(Date.parse(iso));

describe('dates of São Paulo', () => {
  it('change three hours after those of Greenwich', () => {
    expect(saoPauloDate(at('2026-11-24T02:59:59.999Z'))).toBe('2026-11-23');
    expect(saoPauloDate(at('2026-11-24T03:00:00Z'))).toBe('2026-11-24');
  });

  it.each(['2026-02-30', '2026-13-01', '2026-1-1', '2025-02-29', 'today'])('%s is none', (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });
});

describe('business days', () => {
  it.each(['2026-11-21', '2026-11-20', '2026-12-31', '2026-02-17'])('%s is none', (date) => {
    expect(isBusinessDay(calendarDate(date))).toBe(false);
  });

  it.each([
    ['2026-11-24', '2026-11-26'],
    ['2026-11-18', '2026-11-23'],
    ['2026-12-30', '2027-01-05'],
  ])('trades of %s settle on %s', (date, expected) => {
    expect(settlementDate(calendarDate(date))).toBe(expected);
  });

  it('looks forward and back over a long weekend', () => {
    expect(nextBusinessDay(calendarDate('2026-11-19'))).toBe('2026-11-23');
    expect(businessDayAtOrBefore(calendarDate('2026-11-22'))).toBe('2026-11-19');
  });
});

describe('sessions of B3', () => {
  it.each([
    ['2026-11-24T12:29:59Z', 'CLOSED'],
    ['2026-11-24T12:30:00Z', 'CANCELLATION'],
    ['2026-11-24T12:45:00Z', 'OPENING_CALL'],
    ['2026-11-24T13:00:00Z', 'CONTINUOUS'],
    ['2026-11-24T20:55:00Z', 'CLOSING_CALL'],
    ['2026-11-24T21:00:00Z', 'CLOSED'],
    ['2026-07-14T19:55:00Z', 'CLOSING_CALL'],
    ['2026-07-14T20:00:00Z', 'CLOSED'],
    ['2026-11-20T15:00:00Z', 'CLOSED'],
  ])('%s is %s', (instant, phase) => {
    expect(phaseAt(at(instant), 'B3')).toBe(phase);
  });

  it('are always on round the clock', () => {
    expect(phaseAt(at('2026-11-22T05:00:00Z'), 'ROUND_THE_CLOCK')).toBe('CONTINUOUS');
  });
});

describe('trading dates', () => {
  it.each([
    ['2026-11-24T05:00:00Z', '2026-11-24'],
    ['2026-11-24T20:59:59.999Z', '2026-11-24'],
    ['2026-11-24T21:00:00Z', '2026-11-25'],
    ['2026-11-20T15:00:00Z', '2026-11-23'],
    ['2026-11-21T15:00:00Z', '2026-11-23'],
  ])('%s is of %s', (instant, date) => {
    expect(tradeDateAt(at(instant), 'ROUND_THE_CLOCK')).toBe(date);
  });

  it('end at 18:00 round the clock, and with B3 at its close', () => {
    const summer = calendarDate('2026-07-14');
    expect(formatInstant(sessionEnd(summer, 'ROUND_THE_CLOCK'))).toBe('2026-07-14T21:00:00.000Z');
    expect(formatInstant(sessionEnd(summer, 'B3'))).toBe('2026-07-14T20:00:00.000Z');
  });

  it('a GTD order for a holiday ends with the session before', () => {
    expect(formatInstant(goodTillDateEnd(calendarDate('2026-11-22'), 'B3'))).toBe('2026-11-19T21:00:00.000Z');
  });
});
