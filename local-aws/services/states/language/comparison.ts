import { timestampMs } from './timestamp.ts';

/** How a choice rule compares: false as soon as one of the two is not of the operator's type. */
export interface Comparison {
  /** What is compared of a value; undefined when it is not of the type. */
  readonly comparable: (value: unknown) => unknown;
  readonly holds: (left: unknown, right: unknown) => boolean;
}

type Ordered = string | number;

/** Strings compare by their UTF-16 code units, as in AWS's Java. */
const ORDERS = {
  Equals: (left: Ordered, right: Ordered) => left === right,
  LessThan: (left: Ordered, right: Ordered) => left < right,
  GreaterThan: (left: Ordered, right: Ordered) => left > right,
  LessThanEquals: (left: Ordered, right: Ordered) => left <= right,
  GreaterThanEquals: (left: Ordered, right: Ordered) => left >= right,
};

const ofType = (type: string) => (value: unknown) => (typeof value === type ? value : undefined);

const TYPES = { String: ofType('string'), Numeric: ofType('number'), Timestamp: timestampMs };

/** By operator, without the `Path` that compares with a value of the state's own data. */
export const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['BooleanEquals', { comparable: ofType('boolean'), holds: (left, right) => left === right }],
  ...Object.entries(TYPES).flatMap(([type, comparable]) =>
    Object.entries(ORDERS).map(([order, holds]): [string, Comparison] => [
      `${type}${order}`,
      { comparable, holds: holds as Comparison['holds'] },
    ]),
  ),
]);

/** What a value is, by operator. */
export const TYPE_TESTS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['IsPresent', (value) => value !== undefined],
  ['IsNull', (value) => value === null],
  ['IsString', (value) => typeof value === 'string'],
  ['IsNumeric', (value) => typeof value === 'number'],
  ['IsBoolean', (value) => typeof value === 'boolean'],
  ['IsTimestamp', (value) => timestampMs(value) !== undefined],
]);

/** StringMatches: `*` stands for any characters, `\*` and `\\` for themselves. Undefined for a pattern with another escape. */
export function compilePattern(pattern: string): RegExp | undefined {
  const parts = pattern.match(/\\[\\*]|[^\\]/gsu) ?? [];
  if (parts.join('') !== pattern) return undefined;
  const source = parts.map((part) => (part === '*' ? '.*' : literal(part.replace(/^\\(.)/, '$1'))));
  return new RegExp(`^${source.join('')}$`, 'su');
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|]/.test(character) ? `\\${character}` : character;
}
