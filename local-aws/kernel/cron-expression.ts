import { DAY_MS, type TimeZone } from './time-zone.ts';

/** A parsed six-field cron expression: minutes, hours, day of month, month, day of week, year. */
export interface CronExpression {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly years: readonly number[];
  /** Whether the day (UTC midnight of a local date) is one of the expression's. */
  readonly isDay: (dayMs: number) => boolean;
}

interface FieldRange {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MINUTE: FieldRange = { min: 0, max: 59 };
const HOUR: FieldRange = { min: 0, max: 23 };
const DAY_OF_MONTH: FieldRange = { min: 1, max: 31 };
const MONTH: FieldRange = {
  min: 1,
  max: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
/** 1 is Sunday. */
const DAY_OF_WEEK: FieldRange = { min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
const YEAR: FieldRange = { min: 1970, max: 2199 };

/** Undefined when it is not an expression that AWS accepts. Source: eventbridge-scheduled-rule-pattern.html. */
export function parseCron(text: string): CronExpression | undefined {
  const fields = text.split(' ');
  if (fields.length !== 6) return undefined;
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  // Exactly one of the two days says which days; the other is `?`.
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const isDay = dayOfWeek === '?' ? parseDayOfMonth(dayOfMonth) : parseDayOfWeek(dayOfWeek);
  const minutes = parseField(minute, MINUTE);
  const hours = parseField(hour, HOUR);
  const months = parseField(month, MONTH);
  const years = parseField(year, YEAR);
  return minutes && hours && months && years && isDay ? { minutes, hours, months, years, isDay } : undefined;
}

/**
 * The first occurrence after `afterMs`. A local time that the clocks skip has none, one they show twice counts once.
 * Source: scheduler's schedule-types.html, "Daylight savings time".
 */
export function nextCronMs(cron: CronExpression, afterMs: number, zone: TimeZone): number | undefined {
  const afterLocalMs = zone.toLocalMs(afterMs);
  for (const dayMs of daysFrom(cron, Math.floor(afterLocalMs / DAY_MS) * DAY_MS)) {
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const localMs = dayMs + hour * 3_600_000 + minute * 60_000;
        if (localMs < afterLocalMs - LONGEST_FOLD_MS) continue;
        const utcMs = zone.toUtcMs(localMs);
        if (utcMs !== undefined && utcMs > afterMs) return utcMs;
      }
    }
  }
  return undefined;
}

/** No zone sets its clocks back by more. */
const LONGEST_FOLD_MS = 3 * 3_600_000;

function* daysFrom({ years, months, isDay }: CronExpression, fromDayMs: number): Generator<number> {
  for (const year of years) {
    if (Date.UTC(year + 1, 0) <= fromDayMs) continue;
    for (const month of months) {
      const endMs = Date.UTC(year, month, 1);
      for (let dayMs = Math.max(Date.UTC(year, month - 1, 1), fromDayMs); dayMs < endMs; dayMs += DAY_MS) {
        if (isDay(dayMs)) yield dayMs;
      }
    }
  }
}

/** Lists, ranges and steps, as ascending values. */
function parseField(text: string, range: FieldRange): readonly number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const span = parsePart(part, range);
    if (!span) return undefined;
    for (let value = span.from; value <= span.to; value += span.step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function parsePart(part: string, range: FieldRange): { from: number; to: number; step: number } | undefined {
  const [, start = '', end, stepText] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  const from = start === '*' ? range.min : fieldValue(start, range);
  const lone = stepText === undefined && start !== '*' ? from : range.max;
  const to = end === undefined ? lone : fieldValue(end, range);
  const step = stepText === undefined ? 1 : Number(stepText);
  if (from === undefined || to === undefined || from > to || step < 1 || (start === '*' && end !== undefined)) {
    return undefined;
  }
  return { from, to, step };
}

function fieldValue(text: string, { min, max, names }: FieldRange): number | undefined {
  const named = names ? names.indexOf(text.toUpperCase()) : -1;
  if (named >= 0) return named + min;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

function parseDayOfMonth(text: string): CronExpression['isDay'] | undefined {
  if (text === 'L') return (dayMs) => dayOf(dayMs) === lastDayOf(dayMs);
  if (text === 'LW') return (dayMs) => dayOf(dayMs) === nearestWeekday(dayMs, lastDayOf(dayMs));
  const [, nearest] = /^(\d+)W$/.exec(text) ?? [];
  if (nearest !== undefined) {
    const day = fieldValue(nearest, DAY_OF_MONTH);
    return day === undefined ? undefined : (dayMs) => dayOf(dayMs) === nearestWeekday(dayMs, day);
  }
  const days = parseField(text, DAY_OF_MONTH);
  return days && ((dayMs) => days.includes(dayOf(dayMs)));
}

function parseDayOfWeek(text: string): CronExpression['isDay'] | undefined {
  const [, nthDay = '', nth] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (nth !== undefined) {
    const weekday = fieldValue(nthDay, DAY_OF_WEEK);
    if (weekday === undefined) return undefined;
    return (dayMs) => weekdayOf(dayMs) === weekday && Math.ceil(dayOf(dayMs) / 7) === Number(nth);
  }
  const [, lastDay = ''] = /^(\w+)L$/.exec(text) ?? [];
  const lastWeekday = fieldValue(lastDay, DAY_OF_WEEK);
  if (lastWeekday !== undefined) {
    return (dayMs) => weekdayOf(dayMs) === lastWeekday && dayOf(dayMs) > lastDayOf(dayMs) - 7;
  }
  const weekdays = text === 'L' ? [DAY_OF_WEEK.max] : parseField(text, DAY_OF_WEEK);
  return weekdays && ((dayMs) => weekdays.includes(weekdayOf(dayMs)));
}

/** The Monday to Friday nearest to day `day` within its month; a day the month lacks has none. */
function nearestWeekday(dayMs: number, day: number): number {
  const date = new Date(dayMs);
  const lastDay = lastDayOf(dayMs);
  if (day > lastDay) return Number.NaN;
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === lastDay ? day - 2 : day + 1;
  return day;
}

function dayOf(dayMs: number): number {
  return new Date(dayMs).getUTCDate();
}

function weekdayOf(dayMs: number): number {
  return new Date(dayMs).getUTCDay() + 1;
}

function lastDayOf(dayMs: number): number {
  const date = new Date(dayMs);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
