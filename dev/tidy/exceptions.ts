import type { RuleName, Violation } from './violation.ts';

/** A breach that is known and may stay for a reason. It allows exactly so much, so that limits only ever tighten. */
export interface Exception {
  readonly rule: RuleName;
  readonly path: string;
  /** Lines for sizes, breaches for anything else. */
  readonly allowed: number;
  readonly reason: string;
}

/** Takes out what exceptions allow, and adds a violation for each that allows more than is there. */
export function withoutExceptions(violations: readonly Violation[], exceptions: readonly Exception[]): Violation[] {
  const remaining = new Set(violations);
  const loose: Violation[] = [];
  for (const { rule, path, allowed } of exceptions) {
    const covered = violations.filter((violation) => violation.rule === rule && violation.path === path);
    const actual = covered.reduce((sum, { amount }) => sum + amount, 0);
    if (actual <= allowed) for (const violation of covered) remaining.delete(violation);
    if (actual >= allowed) continue;
    const advice = actual === 0 ? 'remove it' : `lower it to ${actual}`;
    const message = `the exception for "${rule}" allows ${allowed}, ${actual} is there: ${advice}`;
    loose.push({ rule: 'exception', path, line: 1, message, amount: 1 });
  }
  return [...remaining, ...loose];
}
