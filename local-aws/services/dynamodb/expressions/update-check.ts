import { type AttributeValue, typeOf } from '../items/attribute-value.ts';
import type { KeySchema } from '../tables/table.ts';
import { invalidParameterValue, validation } from '../validation.ts';
import type { Bindings } from './condition-evaluation.ts';
import { resolvedName, resolvedPath } from './document-path.ts';
import { checkPathsAreDisjoint } from './path-overlap.ts';
import type { Update, UpdateValue } from './update.ts';

/** Refuses what the bound values and names alone show to be wrong in an update. */
export function checkUpdate(update: Update, bindings: Bindings): void {
  for (const { value } of update.set) checkValue(value, bindings);
  checkPathsAreDisjoint(
    'UpdateExpression',
    update.paths.map((path) => resolvedPath(path, bindings.names)),
  );
  for (const { placeholder } of update.add) {
    const type = typeOf(bindings.values[placeholder] as AttributeValue);
    if (type !== 'N' && !SET_TYPES.has(type)) throw wrongType('operator', 'ADD', TYPE_WORDS[type] ?? type);
  }
  for (const { placeholder } of update.delete) {
    const type = typeOf(bindings.values[placeholder] as AttributeValue);
    if (!SET_TYPES.has(type)) throw wrongType('operator', 'DELETE', TYPE_WORDS[type] ?? type);
  }
}

/** An item keeps its key for life. */
export function checkKeepsKey(update: Update, { partition, sort }: KeySchema, { names }: Bindings): void {
  for (const [first] of update.paths) {
    const name = resolvedName(first as string, names);
    if (name !== partition.name && name !== sort?.name) continue;
    throw invalidParameterValue(`Cannot update attribute ${name}. This attribute is part of the key`);
  }
}

const SET_TYPES = new Set(['SS', 'NS', 'BS']);
/** ADD and DELETE name the types in words. */
const TYPE_WORDS: Readonly<Record<string, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
};

function checkValue(value: UpdateValue, bindings: Bindings): void {
  switch (value.kind) {
    case 'value':
    case 'path':
      return;
    case 'if_not_exists':
      checkValue(value.otherwise, bindings);
      return;
    case 'list_append':
      for (const side of [value.left, value.right]) {
        checkValue(side, bindings);
        const type = staticType(side, bindings);
        if (type && type !== 'L') throw wrongType('operator or function', 'list_append', type);
      }
      return;
    case 'sum':
      for (const side of [value.left, value.right]) {
        checkValue(side, bindings);
        const type = staticType(side, bindings);
        if (type && type !== 'N') throw wrongType('operator or function', value.operator, type);
      }
  }
}

function staticType(value: UpdateValue, bindings: Bindings): string | undefined {
  return value.kind === 'value' ? typeOf(bindings.values[value.placeholder] as AttributeValue) : undefined;
}

function wrongType(label: string, operator: string, type: string) {
  return validation(
    `Invalid UpdateExpression: Incorrect operand type for operator or function; ${label}: ${operator}, operand type: ${type}`,
  );
}
