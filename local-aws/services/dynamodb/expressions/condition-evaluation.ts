import { type AttributeMap, type AttributeValue, binarySizeBytes, typeOf } from '../items/attribute-value.ts';
import { areEqual, compareValues } from './comparison.ts';
import type { Comparator, Condition, Operand, Predicate } from './condition.ts';
import { type AttributeNames, valueAt } from './document-path.ts';

/** What a request binds an expression's placeholders to. */
export interface Bindings {
  readonly names: AttributeNames;
  readonly values: AttributeMap;
}

/** Whether the item meets the condition; an item that does not exist is an empty one. */
export function holds(condition: Condition, item: AttributeMap, bindings: Bindings): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item, bindings) && holds(condition.right, item, bindings);
    case 'or':
      return holds(condition.left, item, bindings) || holds(condition.right, item, bindings);
    case 'not':
      return !holds(condition.condition, item, bindings);
    case 'compare':
      return compares(
        condition.comparator,
        operandValue(condition.left, item, bindings),
        operandValue(condition.right, item, bindings),
      );
    case 'between': {
      const value = operandValue(condition.operand, item, bindings);
      return (
        compares('>=', value, operandValue(condition.low, item, bindings)) &&
        compares('<=', value, operandValue(condition.high, item, bindings))
      );
    }
    case 'in': {
      const value = operandValue(condition.operand, item, bindings);
      return condition.choices.some((choice) => compares('=', value, operandValue(choice, item, bindings)));
    }
    case 'predicate':
      return predicateHolds(
        condition.name,
        condition.operands.map((operand) => operandValue(operand, item, bindings)),
      );
  }
}

function operandValue(operand: Operand, item: AttributeMap, bindings: Bindings): AttributeValue | undefined {
  switch (operand.kind) {
    case 'path':
      return valueAt(item, operand.path, bindings.names);
    case 'value':
      return bindings.values[operand.placeholder];
    case 'size': {
      const value = operandValue(operand.of, item, bindings);
      const size = value && sizeOf(value);
      return size === undefined ? undefined : { N: String(size) };
    }
  }
}

function compares(comparator: Comparator, a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (comparator === '<>') return !(a && b && areEqual(a, b));
  if (!a || !b) return false;
  if (comparator === '=') return areEqual(a, b);
  const order = compareValues(a, b);
  if (order === undefined) return false;
  switch (comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function predicateHolds(name: Predicate, [subject, argument]: (AttributeValue | undefined)[]): boolean {
  if (name === 'attribute_exists') return subject !== undefined;
  if (name === 'attribute_not_exists') return subject === undefined;
  if (!subject || !argument) return false;
  switch (name) {
    case 'attribute_type':
      return 'S' in argument && typeOf(subject) === argument.S;
    case 'begins_with':
      return beginsWith(subject, argument);
    case 'contains':
      return contains(subject, argument);
  }
}

function beginsWith(subject: AttributeValue, prefix: AttributeValue): boolean {
  if ('S' in subject && 'S' in prefix) return subject.S.startsWith(prefix.S);
  if ('B' in subject && 'B' in prefix) return hexOf(subject.B).startsWith(hexOf(prefix.B));
  return false;
}

function contains(subject: AttributeValue, sought: AttributeValue): boolean {
  if ('S' in subject && 'S' in sought) return subject.S.includes(sought.S);
  if ('B' in subject && 'B' in sought) {
    return Buffer.from(subject.B, 'base64').includes(Buffer.from(sought.B, 'base64'));
  }
  if ('SS' in subject && 'S' in sought) return subject.SS.includes(sought.S);
  if ('NS' in subject && 'N' in sought) return subject.NS.includes(sought.N);
  if ('BS' in subject && 'B' in sought) return subject.BS.includes(sought.B);
  if ('L' in subject) return subject.L.some((element) => areEqual(element, sought));
  return false;
}

/** The function `size`: UTF-16 units, bytes, or members. Numbers, Booleans and null have none. */
function sizeOf(value: AttributeValue): number | undefined {
  if ('S' in value) return value.S.length;
  if ('B' in value) return binarySizeBytes(value.B);
  if ('SS' in value) return value.SS.length;
  if ('NS' in value) return value.NS.length;
  if ('BS' in value) return value.BS.length;
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return undefined;
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
