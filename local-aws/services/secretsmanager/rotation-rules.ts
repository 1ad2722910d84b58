import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import {
  InvalidScheduleExpression,
  nextOccurrenceMs,
  parseScheduleExpression,
  type ScheduleExpression,
} from '../../kernel/schedule-expression.ts';
import type { RotationRules } from './rotation-store.ts';
import { invalidParameter } from './secrets.ts';

/** Source: Secrets Manager API reference, RotationRulesType. */
const MAX_DAYS = 1_000;
const WINDOW = /^\d{1,3}h$/;

/** Refuses rules that name no rhythm, two of them, or one that AWS has not. */
export function checkedRules(given: unknown): RotationRules {
  const rules = (given ?? {}) as RotationRules;
  refuseUnknownProperties('RotationRules', rules, ['AutomaticallyAfterDays', 'ScheduleExpression', 'Duration']);
  const { AutomaticallyAfterDays: days, ScheduleExpression: expression, Duration } = rules;
  if ((days === undefined) === (expression === undefined)) {
    throw invalidParameter('RotationRules take either AutomaticallyAfterDays or ScheduleExpression.');
  }
  if (days !== undefined && !(Number.isInteger(Number(days)) && Number(days) >= 1 && Number(days) <= MAX_DAYS)) {
    throw invalidParameter(`AutomaticallyAfterDays must be from 1 to ${MAX_DAYS}.`);
  }
  if (Duration !== undefined && !WINDOW.test(Duration)) throw invalidParameter('Duration must be hours, as in 3h.');
  if (expression !== undefined) parsed(expression);
  return rules;
}

/** Differs from AWS: the rotation is at the start of its window, not at some time within it. */
export function nextRotationMs(rules: RotationRules, afterMs: number): number {
  const schedule = parsed(rules.ScheduleExpression ?? `rate(${daysText(Number(rules.AutomaticallyAfterDays))})`);
  return nextOccurrenceMs(schedule, afterMs, { anchorMs: afterMs }) ?? Number.MAX_SAFE_INTEGER;
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function parsed(expression: string): ScheduleExpression {
  try {
    return parseScheduleExpression(expression);
  } catch (cause) {
    if (!(cause instanceof InvalidScheduleExpression)) throw cause;
    throw Object.assign(invalidParameter(`Invalid ScheduleExpression: ${expression}`), { cause });
  }
}
