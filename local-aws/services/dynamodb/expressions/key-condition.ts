import { type AttributeValue, contentOf, typeOf } from '../items/attribute-value.ts';
import { encodeValue, MAX_PARTITION_KEY_BYTES } from '../items/key-encoding.ts';
import { justAbove, type KeyRange, UNBOUNDED, WHOLE_RANGE } from '../items/range-reader.ts';
import type { KeyAttribute, KeySchema } from '../tables/table.ts';
import { invalidParameterValue, validation } from '../validation.ts';
import type { Condition, Operand } from './condition.ts';
import type { Bindings } from './condition-evaluation.ts';
import { resolvedName } from './document-path.ts';

/** What a key condition selects: one partition, and a range of its sort keys. */
export interface KeySelection {
  readonly partition: string;
  readonly range: KeyRange;
}

type KeyTest =
  | { readonly kind: 'compare'; readonly name: string; readonly comparator: string; readonly value: AttributeValue }
  | { readonly kind: 'between'; readonly name: string; readonly low: AttributeValue; readonly high: AttributeValue }
  | { readonly kind: 'begins_with'; readonly name: string; readonly prefix: AttributeValue };

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html */
export function keySelection(condition: Condition, keys: KeySchema, bindings: Bindings): KeySelection {
  const tests = conjuncts(condition).map((part) => keyTest(part, bindings));
  const names = tests.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw validation('KeyConditionExpressions must only contain one condition per key');
  }
  const partitionTest = tests.find(({ name }) => name === keys.partition.name);
  if (!partitionTest) throw validation(`Query condition missed key schema element: ${keys.partition.name}`);
  const sortTest = tests.find((test) => test !== partitionTest);
  if (tests.length > (keys.sort ? 2 : 1)) throw validation('Conditions can be of length 1 or 2 only');
  if (partitionTest.kind !== 'compare' || partitionTest.comparator !== '=') {
    throw validation('Query key condition not supported');
  }
  if (sortTest && sortTest.name !== keys.sort?.name) {
    throw validation(`Query condition missed key schema element: ${keys.sort?.name ?? keys.partition.name}`);
  }
  checkType(keys.partition, partitionTest.value);
  return {
    partition: encodeValue(keys.partition, partitionTest.value, MAX_PARTITION_KEY_BYTES),
    range: keys.sort && sortTest ? sortRange(keys.sort, sortTest) : WHOLE_RANGE,
  };
}

function conjuncts(condition: Condition): Condition[] {
  return condition.kind === 'and' ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

function keyTest(condition: Condition, bindings: Bindings): KeyTest {
  switch (condition.kind) {
    case 'compare': {
      if (condition.comparator === '<>') throw unsupportedOperator('<>');
      if (condition.left.kind === 'value') {
        const comparator = MIRRORED[condition.comparator] ?? condition.comparator;
        return comparison(condition.right, comparator, condition.left, bindings);
      }
      return comparison(condition.left, condition.comparator, condition.right, bindings);
    }
    case 'between':
      return {
        kind: 'between',
        name: keyName(condition.operand, bindings),
        low: bound(condition.low, bindings),
        high: bound(condition.high, bindings),
      };
    case 'predicate': {
      const [subject, prefix] = condition.operands;
      if (condition.name !== 'begins_with' || !subject || !prefix) throw unsupportedOperator(condition.name);
      return { kind: 'begins_with', name: keyName(subject, bindings), prefix: bound(prefix, bindings) };
    }
    default:
      throw unsupportedOperator(condition.kind.toUpperCase());
  }
}

/** `:v < name` is `name > :v`. */
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function comparison(left: Operand, comparator: string, right: Operand, bindings: Bindings): KeyTest {
  return { kind: 'compare', name: keyName(left, bindings), comparator, value: bound(right, bindings) };
}

function keyName(operand: Operand, bindings: Bindings): string {
  if (operand.kind === 'size') throw unsupportedOperator('size');
  if (operand.kind !== 'path') {
    throw validation('Invalid condition in KeyConditionExpression: No key attribute specified');
  }
  if (operand.path.length > 1) {
    throw validation(
      'Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes',
    );
  }
  return resolvedName(operand.path[0] as string, bindings.names);
}

function bound(operand: Operand, bindings: Bindings): AttributeValue {
  if (operand.kind === 'value') return bindings.values[operand.placeholder] as AttributeValue;
  throw validation('Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition');
}

function sortRange(key: KeyAttribute, test: KeyTest): KeyRange {
  switch (test.kind) {
    case 'between':
      checkType(key, test.low);
      checkType(key, test.high);
      return { low: encodeValue(key, test.low), high: justAbove(encodeValue(key, test.high)) };
    case 'begins_with': {
      checkType(key, test.prefix);
      const prefix = encodeValue(key, test.prefix);
      return { low: prefix, high: afterPrefix(prefix) };
    }
    case 'compare': {
      checkType(key, test.value);
      return comparisonRange(test.comparator, encodeValue(key, test.value));
    }
  }
}

function comparisonRange(comparator: string, value: string): KeyRange {
  switch (comparator) {
    case '<':
      return { low: '', high: value };
    case '<=':
      return { low: '', high: justAbove(value) };
    case '>':
      return { low: justAbove(value), high: UNBOUNDED };
    case '>=':
      return { low: value, high: UNBOUNDED };
    default:
      return { low: value, high: justAbove(value) };
  }
}

/** The smallest text above all that start with the prefix: its last code point that can be raised, raised by one. */
function afterPrefix(prefix: string): string | Uint8Array {
  const points = Array.from(prefix, (character) => character.codePointAt(0) as number);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const last = points.pop();
  if (last === undefined) return UNBOUNDED;
  return String.fromCodePoint(...points, last + 1 === FIRST_SURROGATE ? LAST_SURROGATE + 1 : last + 1);
}

const LAST_CODE_POINT = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

function checkType(key: KeyAttribute, value: AttributeValue): void {
  const type = typeOf(value);
  if (type !== key.type) throw invalidParameterValue('Condition parameter type does not match schema type');
  if (contentOf(value) !== '') return;
  throw validation(
    'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ' +
      `${type === 'B' ? 'binary' : 'string'} value. Key: ${key.name}`,
  );
}

function unsupportedOperator(operator: string) {
  return validation(`Invalid operator used in KeyConditionExpression: ${operator}`);
}
