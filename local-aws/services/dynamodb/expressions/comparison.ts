import { type AttributeMap, type AttributeValue, contentOf, typeOf } from '../items/attribute-value.ts';
import { compareNumbers } from '../items/decimal.ts';

/** Equality as expressions mean it: same type and content; sets without order, numbers by value. */
export function areEqual(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  const left = contentOf(a);
  const right = contentOf(b);
  switch (type) {
    case 'SS':
    case 'NS':
    case 'BS':
      return sameMembers(left as string[], right as string[]);
    case 'L':
      return sameElements(left as AttributeValue[], right as AttributeValue[]);
    case 'M':
      return sameMap(left as AttributeMap, right as AttributeMap);
    default:
      return left === right;
  }
}

/** Order of two values of one ordered type (S, N, B); undefined when they have none. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('S' in a && 'S' in b) return compareText(a.S, b.S);
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  return undefined;
}

/** By UTF-8 bytes, which is by code points; UTF-16 units differ from that only where surrogates stand. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

const SURROGATE = /[\ud800-\udfff]/;

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const members = new Set(a);
  return b.every((member) => members.has(member));
}

function sameElements(a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean {
  return a.length === b.length && a.every((element, index) => areEqual(element, b[index] as AttributeValue));
}

function sameMap(a: AttributeMap, b: AttributeMap): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(
    (name) => Object.hasOwn(b, name) && areEqual(a[name] as AttributeValue, b[name] as AttributeValue),
  );
}
