import { InvalidEventPattern, parseMatcher, type ValueMatcher } from './event-pattern-matchers.ts';

export { InvalidEventPattern } from './event-pattern-matchers.ts';

export type EventPattern = (event: unknown) => boolean;

/**
 * Compiles a content filter as EventBridge rules and SNS filter policies share it: an object of fields, each another
 * object, a list of matchers of which one must hold, or `$or` with alternatives. Throws InvalidEventPattern.
 * Source: eb-create-pattern-operators.html, sns-subscription-filter-policies.html.
 */
export function eventPatternMatcher(pattern: unknown): EventPattern {
  return compileFields(pattern, '');
}

/** An event's value at some field: undefined when it has none. */
type Test = (value: unknown) => boolean;

function compileFields(pattern: unknown, path: string): EventPattern {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw new InvalidEventPattern(`${path || 'pattern'} must be a non-empty object`);
  }
  const tests = Object.entries(pattern).map(([name, value]): Test => {
    const where = path ? `${path}.${name}` : name;
    if (name === '$or' && isAlternatives(value)) return compileAlternatives(value, path);
    const test = Array.isArray(value) ? compileMatchers(value, where) : compileNested(value, where);
    return (event) => test(isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined);
  });
  return (event) => tests.every((test) => test(event));
}

function compileAlternatives(alternatives: readonly unknown[], path: string): Test {
  const compiled = alternatives.map((alternative) => compileFields(alternative, path));
  return (event) => compiled.some((matches) => matches(event));
}

/** `$or` is the operator only with two alternatives or more; a field may bear that name. */
function isAlternatives(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length >= 2 && value.every(isObject);
}

/** Within an array of objects, one object must match all fields. */
function compileNested(pattern: unknown, path: string): Test {
  const matches = compileFields(pattern, path);
  return (value) => (Array.isArray(value) ? value.some(matches) : matches(value));
}

function compileMatchers(list: readonly unknown[], path: string): Test {
  if (list.length === 0) throw new InvalidEventPattern(`${path} must not be an empty list`);
  const matchers: ValueMatcher[] = list.map((entry) => parseMatcher(entry, path));
  const matchesAbsence = matchers.some(({ absent }) => absent);
  return (value) => {
    const leaves = leavesOf(value);
    if (leaves.length === 0) return matchesAbsence;
    return leaves.some((leaf) => matchers.some(({ matches }) => matches(leaf)));
  };
}

/** The values that stand at a field: none if it is absent or an object, each element of an array. */
function leavesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return value === undefined || isObject(value) ? [] : [value];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
