import { type AttributeValue, typeOf } from '../items/attribute-value.ts';
import { validation } from '../validation.ts';
import { compareValues } from './comparison.ts';
import type { Condition, Operand, Parsed } from './condition.ts';
import type { Bindings } from './condition-evaluation.ts';
import { formatPath, resolvedPath } from './document-path.ts';
import type { ExpressionKind } from './token-reader.ts';

/** Refuses what the bound values and names alone show to be wrong in a condition. */
export function checkCondition(parsed: Parsed<Condition>, bindings: Bindings): void {
  check(parsed.tree, parsed.kind, bindings);
}

const ORDERED = new Set(['S', 'N', 'B']);
const TYPE_NAMES = new Set(['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M']);

function check(condition: Condition, kind: ExpressionKind, bindings: Bindings): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      check(condition.left, kind, bindings);
      check(condition.right, kind, bindings);
      return;
    case 'not':
      check(condition.condition, kind, bindings);
      return;
    case 'compare':
      for (const operand of [condition.left, condition.right]) {
        checkSize(operand, kind, bindings);
        if (condition.comparator !== '=' && condition.comparator !== '<>') {
          checkOrdered(operand, condition.comparator, kind, bindings);
        }
      }
      checkDistinct(condition.left, [condition.right], condition.comparator, kind, bindings);
      return;
    case 'between':
      for (const operand of [condition.operand, condition.low, condition.high]) {
        checkSize(operand, kind, bindings);
        checkOrdered(operand, 'BETWEEN', kind, bindings);
      }
      checkBounds(condition.low, condition.high, kind, bindings);
      checkDistinct(condition.operand, [condition.low, condition.high], 'BETWEEN', kind, bindings);
      return;
    case 'in':
      for (const operand of [condition.operand, ...condition.choices]) checkSize(operand, kind, bindings);
      if (condition.choices.length > MAX_IN_OPERANDS) {
        throw invalid(kind, `Invalid number of operands for operator IN: ${condition.choices.length}`);
      }
      checkDistinct(condition.operand, condition.choices, 'IN', kind, bindings);
      return;
    case 'predicate':
      checkPredicate(condition, kind, bindings);
  }
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (IN comparator). */
const MAX_IN_OPERANDS = 100;

function checkPredicate(
  { name, operands }: Extract<Condition, { kind: 'predicate' }>,
  kind: ExpressionKind,
  bindings: Bindings,
): void {
  const [subject, argument] = operands;
  for (const operand of operands) checkSize(operand, kind, bindings);
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    if (subject?.kind !== 'path') {
      throw invalid(kind, `Operator or function requires a document path; operator or function: ${name}`);
    }
    return;
  }
  const value = argument && boundValue(argument, bindings);
  if (name === 'attribute_type') {
    if (!value || !('S' in value)) throw wrongType(kind, name, value ? typeOf(value) : 'PATH');
    if (!TYPE_NAMES.has(value.S)) {
      throw invalid(
        kind,
        `Invalid attribute type name found; type: ${value.S}, valid types: {${[...TYPE_NAMES].join(',')}}`,
      );
    }
  }
  if (name === 'begins_with') {
    for (const operand of operands) {
      const type = staticType(operand, bindings);
      if (type && type !== 'S' && type !== 'B') throw wrongType(kind, name, type);
    }
  }
  if (subject && argument) checkDistinct(subject, [argument], name, kind, bindings);
}

function checkSize(operand: Operand, kind: ExpressionKind, bindings: Bindings): void {
  if (operand.kind !== 'size') return;
  const type = staticType(operand.of, bindings);
  if (type === 'N' || type === 'BOOL' || type === 'NULL') throw wrongType(kind, 'size', type);
}

function checkOrdered(operand: Operand, operator: string, kind: ExpressionKind, bindings: Bindings): void {
  const type = staticType(operand, bindings);
  if (type && !ORDERED.has(type)) throw wrongType(kind, operator, type);
}

function checkBounds(low: Operand, high: Operand, kind: ExpressionKind, bindings: Bindings): void {
  const lowValue = boundValue(low, bindings);
  const highValue = boundValue(high, bindings);
  if (!lowValue || !highValue) return;
  const shown =
    `lower bound operand: AttributeValue: ${formatValue(lowValue)}, ` +
    `upper bound operand: AttributeValue: ${formatValue(highValue)}`;
  const order = compareValues(lowValue, highValue);
  if (order === undefined) {
    throw invalid(kind, `The BETWEEN operator requires same data type for lower and upper bounds; ${shown}`);
  }
  if (order > 0) {
    throw invalid(
      kind,
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${shown}`,
    );
  }
}

/** The same path on both sides can only be a mistake. */
function checkDistinct(
  first: Operand,
  others: readonly Operand[],
  operator: string,
  kind: ExpressionKind,
  bindings: Bindings,
): void {
  if (first.kind !== 'path') return;
  for (const other of others) {
    if (other.kind !== 'path') continue;
    const shown = formatPath(resolvedPath(first.path, bindings.names));
    if (formatPath(resolvedPath(other.path, bindings.names)) !== shown) continue;
    throw invalid(
      kind,
      'The first operand must be distinct from the remaining operands for this operator or function; ' +
        `operator: ${operator}, first operand: ${shown}`,
    );
  }
}

function staticType(operand: Operand, bindings: Bindings): string | undefined {
  if (operand.kind === 'size') return 'N';
  const value = boundValue(operand, bindings);
  return value && typeOf(value);
}

function boundValue(operand: Operand, bindings: Bindings): AttributeValue | undefined {
  return operand.kind === 'value' ? bindings.values[operand.placeholder] : undefined;
}

function formatValue(value: AttributeValue): string {
  return JSON.stringify(value).replaceAll('"', '');
}

function wrongType(kind: ExpressionKind, operator: string, type: string) {
  return invalid(
    kind,
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
  );
}

function invalid(kind: ExpressionKind, detail: string) {
  return validation(`Invalid ${kind}: ${detail}`);
}
