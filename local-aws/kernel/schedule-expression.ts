import { type CronExpression, nextCronMs, parseCron } from './cron-expression.ts';
import { TimeZone } from './time-zone.ts';

/** `rate(…)`, `cron(…)` and `at(…)`, as EventBridge rules and EventBridge Scheduler have them. */
export type ScheduleExpression =
  | { readonly kind: 'rate'; readonly periodMs: number }
  | { readonly kind: 'cron'; readonly cron: CronExpression }
  | { readonly kind: 'at'; readonly localMs: number };

export interface ScheduleContext {
  /** IANA name; `cron` and `at` are read in it. */
  readonly timeZone?: string;
  /** Instant from which a rate counts. */
  readonly anchorMs: number;
}

export class InvalidScheduleExpression extends Error {}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Throws InvalidScheduleExpression. Source: eventbridge-scheduled-rule-pattern.html, scheduler's schedule-types.html. */
export function parseScheduleExpression(text: string): ScheduleExpression {
  const [, kind, inner] = /^(rate|cron|at)\((.*)\)$/.exec(text) ?? [];
  if (inner === undefined) throw new InvalidScheduleExpression(`not a schedule expression: ${text}`);
  if (kind === 'rate') return { kind, periodMs: parseRate(inner) };
  if (kind === 'at') return { kind, localMs: parseAt(inner) };
  const cron = parseCron(inner);
  if (!cron) throw new InvalidScheduleExpression(`not a cron expression: ${text}`);
  return { kind: 'cron', cron };
}

/** The first occurrence after `afterMs`; undefined when there is none. */
export function nextOccurrenceMs(
  schedule: ScheduleExpression,
  afterMs: number,
  { timeZone = 'UTC', anchorMs }: ScheduleContext,
): number | undefined {
  switch (schedule.kind) {
    case 'rate': {
      const elapsedPeriods = Math.floor((afterMs - anchorMs) / schedule.periodMs);
      return anchorMs + Math.max(0, elapsedPeriods + 1) * schedule.periodMs;
    }
    case 'cron':
      return nextCronMs(schedule.cron, afterMs, zoneNamed(timeZone));
    case 'at': {
      const atMs = zoneNamed(timeZone).toUtcMs(schedule.localMs);
      return atMs !== undefined && atMs > afterMs ? atMs : undefined;
    }
  }
}

/** Throws a RangeError when the zone is unknown. */
export function zoneNamed(name: string): TimeZone {
  const zone = ZONES.get(name) ?? new TimeZone(name);
  ZONES.set(name, zone);
  return zone;
}

/** Formatters are dear to make. */
const ZONES = new Map<string, TimeZone>();

function parseRate(text: string): number {
  const [, count, unit = '', plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const value = Number(count);
  // AWS wants "1 hour" and "2 hours", not the other way about.
  if (count === undefined || (value === 1) !== (plural === '')) {
    throw new InvalidScheduleExpression(`not a rate: ${text}`);
  }
  return value * (UNIT_MS[unit] as number);
}

function parseAt(text: string): number {
  const match = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text);
  const localMs = match ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(localMs) || !new Date(localMs).toISOString().startsWith(text)) {
    throw new InvalidScheduleExpression(`not a date and time: ${text}`);
  }
  return localMs;
}
