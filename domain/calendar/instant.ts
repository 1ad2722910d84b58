import { assert } from '../assert.ts';
import type { Brand } from '../brand.ts';

/** An instant: milliseconds since 1970-01-01T00:00Z. The domain never reads a clock; instants are handed in. */
export type EpochMs = Brand<number, 'EpochMs'>;
/** A day in São Paulo, `YYYY-MM-DD`. Such dates compare as strings. */
export type CalendarDate = Brand<string, 'CalendarDate'>;

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** São Paulo is UTC-3 the whole year: Brazil has had no daylight saving since 2019. */
const SAO_PAULO_OFFSET_MS = -3 * 3_600_000;

export function epochMs(value: number): EpochMs {
  assert(Number.isSafeInteger(value), `${value} is not an instant in milliseconds`);
  return value as EpochMs;
}

/** Brands a date that exists. Breaks on `2026-02-30`. */
export function calendarDate(text: string): CalendarDate {
  assert(isCalendarDate(text), `"${text}" is not a date`);
  return text;
}

export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}

/** The date that São Paulo's wall clock shows at an instant. */
export function saoPauloDate(atMs: EpochMs): CalendarDate {
  return new Date(atMs + SAO_PAULO_OFFSET_MS).toISOString().slice(0, 10) as CalendarDate;
}

/** The instant at which São Paulo's clock shows this date and time, given in minutes since midnight. */
export function saoPauloInstant(date: CalendarDate, minuteOfDay: number): EpochMs {
  return epochMs(Date.parse(`${date}T00:00:00Z`) - SAO_PAULO_OFFSET_MS + minuteOfDay * MINUTE_MS);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as CalendarDate;
}

/** The instant in ISO 8601, UTC, with milliseconds: its form on every wire. */
export function formatInstant(atMs: EpochMs): string {
  return new Date(atMs).toISOString();
}
