import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InvalidScheduleExpression, nextOccurrenceMs, parseScheduleExpression } from './schedule-expression.ts';

const MINUTE_MS = 60_000;

/** The next `count` occurrences after an ISO instant, as ISO instants to the minute. */
function occurrences(text: string, after: string, count: number, timeZone = 'UTC'): string[] {
  const schedule = parseScheduleExpression(text);
  const found: string[] = [];
  let afterMs = Date.parse(after);
  for (let index = 0; index < count; index++) {
    const nextMs = nextOccurrenceMs(schedule, afterMs, { timeZone, anchorMs: 0 });
    if (nextMs === undefined) break;
    found.push(new Date(nextMs).toISOString().slice(0, 16));
    afterMs = nextMs;
  }
  return found;
}

it.each([
  ['cron(0 10 * * ? *)', ['2026-03-02T10:00', '2026-03-03T10:00']],
  ['cron(15 12 ? * MON-FRI *)', ['2026-03-02T12:15', '2026-03-03T12:15']],
  ['cron(0/20 8,18 ? * 2 *)', ['2026-03-02T08:00', '2026-03-02T08:20', '2026-03-02T08:40', '2026-03-02T18:00']],
  ['cron(0 0 L * ? *)', ['2026-03-31T00:00', '2026-04-30T00:00']],
  ['cron(0 0 LW * ? *)', ['2026-03-31T00:00', '2026-04-30T00:00', '2026-05-29T00:00']],
  [
    'cron(0 0 1W * ? *)',
    ['2026-04-01T00:00', '2026-05-01T00:00', '2026-06-01T00:00', '2026-07-01T00:00', '2026-08-03T00:00'],
  ],
  ['cron(0 0 ? * 6L *)', ['2026-03-27T00:00', '2026-04-24T00:00']],
  ['cron(0 0 ? * TUE#2 *)', ['2026-03-10T00:00', '2026-04-14T00:00']],
  ['cron(0 0 ? * L *)', ['2026-03-07T00:00', '2026-03-14T00:00']],
  ['cron(0 0 29 FEB ? *)', ['2028-02-29T00:00', '2032-02-29T00:00']],
  ['cron(0 0 31 2 ? *)', []],
  ['cron(0 0 1 1 ? 2025-2027)', ['2027-01-01T00:00']],
  ['rate(2 days)', ['2026-03-04T00:00', '2026-03-06T00:00']],
  ['at(2026-03-04T09:30:00)', ['2026-03-04T09:30']],
  ['at(2026-03-01T09:30:00)', []],
])('%s', (text, expected) => {
  const first = occurrences(text, '2026-03-02T00:00:00Z', Math.max(1, expected.length));
  expect(first).toEqual(expected);
});

it('reads cron and at in the zone they are given', () => {
  const zone = 'America/Sao_Paulo';
  expect(occurrences('cron(0 18 ? * MON-FRI *)', '2026-03-06T22:00:00Z', 1, zone)).toEqual(['2026-03-09T21:00']);
  expect(occurrences('at(2026-03-02T10:00:00)', '2026-03-02T00:00:00Z', 1, zone)).toEqual(['2026-03-02T13:00']);
});

it('skips a time that the clocks skip and runs once at one they show twice', () => {
  const zone = 'America/New_York';
  expect(occurrences('cron(30 2 * * ? *)', '2026-03-07T12:00:00Z', 2, zone)).toEqual([
    '2026-03-09T06:30',
    '2026-03-10T06:30',
  ]);
  expect(occurrences('cron(30 1 * * ? *)', '2026-10-31T12:00:00Z', 2, zone)).toEqual([
    '2026-11-01T05:30',
    '2026-11-02T06:30',
  ]);
});

it.each([
  'every day',
  'rate(0 minutes)',
  'rate(1 minutes)',
  'rate(2 minute)',
  'rate(5 seconds)',
  'cron(0 10 * * *)',
  'cron(0 10 * * * *)',
  'cron(0 10 ? * ? *)',
  'cron(60 10 * * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 10 32 * ? *)',
  'cron(0 10 ? * MON#6 *)',
  'cron(0 10 ? * 8 *)',
  'cron(5-1 10 * * ? *)',
  'cron(0/0 10 * * ? *)',
  'at(2026-02-30T00:00:00)',
  'at(2026-03-02)',
])('refuses %s', (text) => {
  expect(() => parseScheduleExpression(text)).toThrow(InvalidScheduleExpression);
});

/** An oracle that shares no code: it walks minute by minute and looks each field up in the UTC date. */
function naiveNextMs(minutes: Set<number>, hours: Set<number>, weekdays: Set<number>, afterMs: number): number {
  for (let ms = Math.floor(afterMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS; ; ms += MINUTE_MS) {
    const date = new Date(ms);
    if (!weekdays.has(date.getUTCDay() + 1) || !hours.has(date.getUTCHours())) continue;
    if (minutes.has(date.getUTCMinutes())) return ms;
  }
}

it('agrees with a minute-by-minute walk', () => {
  const some = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 5 });
  const instantMs = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });
  fc.assert(
    fc.property(some(0, 59), some(0, 23), some(1, 7), instantMs, (minutes, hours, weekdays, afterMs) => {
      const schedule = parseScheduleExpression(`cron(${minutes} ${hours} ? * ${weekdays} *)`);
      const expected = naiveNextMs(new Set(minutes), new Set(hours), new Set(weekdays), afterMs);
      expect(nextOccurrenceMs(schedule, afterMs, { anchorMs: 0 })).toBe(expected);
    }),
    { numRuns: 60 },
  );
});

it('shows the wall-clock time asked for in every zone, and never goes back', () => {
  const zones = fc.constantFrom(
    'America/Sao_Paulo',
    'America/New_York',
    'Europe/Lisbon',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
  );
  const instantMs = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) });
  const hour = fc.integer({ min: 0, max: 23 });
  fc.assert(
    fc.property(zones, hour, instantMs, (timeZone, hours, afterMs) => {
      const schedule = parseScheduleExpression(`cron(30 ${hours} * * ? *)`);
      const nextMs = nextOccurrenceMs(schedule, afterMs, { timeZone, anchorMs: 0 }) as number;
      const clock = new Intl.DateTimeFormat('pt-BR', { timeZone, timeStyle: 'short' }).format(nextMs);
      expect(clock).toBe(`${String(hours).padStart(2, '0')}:30`);
      expect(nextMs).toBeGreaterThan(afterMs);
      // At most one day away, or two and an hour where the clocks skip the time.
      expect(nextMs - afterMs).toBeLessThanOrEqual(49 * 60 * MINUTE_MS);
    }),
    { numRuns: 200 },
  );
});

it('counts a rate from its anchor', () => {
  const instant = fc.integer({ min: 0, max: 2_000_000_000_000 });
  fc.assert(
    fc.property(instant, instant, fc.integer({ min: 2, max: 5_000 }), (anchorMs, afterMs, minutes) => {
      const nextMs = nextOccurrenceMs(parseScheduleExpression(`rate(${minutes} minutes)`), afterMs, { anchorMs });
      expect(nextMs).toBeDefined();
      const sinceAnchorMs = (nextMs as number) - anchorMs;
      expect(sinceAnchorMs % (minutes * MINUTE_MS)).toBe(0);
      expect(nextMs).toBeGreaterThan(afterMs);
      expect(nextMs === anchorMs || (nextMs as number) - minutes * MINUTE_MS <= afterMs).toBe(true);
    }),
  );
});
