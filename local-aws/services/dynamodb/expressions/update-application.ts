import { type AttributeMap, type AttributeValue, contentOf, typeOf } from '../items/attribute-value.ts';
import { addNumbers, subtractNumbers } from '../items/decimal.ts';
import { validation } from '../validation.ts';
import type { Bindings } from './condition-evaluation.ts';
import { type DocumentPath, resolvedPath, valueAt } from './document-path.ts';
import type { Update, UpdateValue } from './update.ts';

/**
 * The item after an update. Every value is computed from the item as it was; then the values are set and the paths removed.
 * The given item is not changed: what lies on a changed path is copied.
 */
export function updatedItem(update: Update, item: AttributeMap, bindings: Bindings): AttributeMap {
  const resolve = (path: DocumentPath) => resolvedPath(path, bindings.names);
  const writes: Write[] = update.set.map(({ path, value }) => ({
    path: resolve(path),
    value: evaluate(value, item, bindings),
  }));
  for (const { path, placeholder } of update.add) {
    const argument = bindings.values[placeholder] as AttributeValue;
    writes.push({ path: resolve(path), value: added(valueAt(item, path, bindings.names), argument) });
  }
  const removals = update.remove.map(resolve);
  for (const { path, placeholder } of update.delete) {
    const existing = valueAt(item, path, bindings.names);
    const rest = existing && without(existing, bindings.values[placeholder] as AttributeValue);
    if (rest) writes.push({ path: resolve(path), value: rest });
    else removals.push(resolve(path));
  }
  const attributes = writes.filter(({ path }) => path.length === 1).map(({ path: [name], value }) => [name, value]);
  let result: AttributeValue = { M: { ...item, ...Object.fromEntries(attributes) } };
  for (const { path, value } of writes.filter(({ path }) => path.length > 1).sort(byFinalIndex)) {
    result = withValue(result, path, 0, value);
  }
  for (const path of removals.sort(byFinalIndexDescending)) result = withoutPath(result, path, 0);
  return (result as { M: AttributeMap }).M;
}

interface Write {
  readonly path: DocumentPath;
  readonly value: AttributeValue;
}

/** Values beyond the end of a list are appended in the order of their indexes. */
function byFinalIndex(a: Write, b: Write): number {
  return finalIndex(a.path) - finalIndex(b.path);
}

/** From the back of a list, so that the indexes before stay what they were. */
function byFinalIndexDescending(a: DocumentPath, b: DocumentPath): number {
  return finalIndex(b) - finalIndex(a);
}

function finalIndex(path: DocumentPath): number {
  const last = path[path.length - 1];
  return typeof last === 'number' ? last : -1;
}

function evaluate(value: UpdateValue, item: AttributeMap, bindings: Bindings): AttributeValue {
  switch (value.kind) {
    case 'value':
      return bindings.values[value.placeholder] as AttributeValue;
    case 'path': {
      const found = valueAt(item, value.path, bindings.names);
      if (!found) throw validation('The provided expression refers to an attribute that does not exist in the item');
      return found;
    }
    case 'if_not_exists': {
      // What is not used must still be there, as AWS would have it.
      const otherwise = evaluate(value.otherwise, item, bindings);
      return valueAt(item, value.path, bindings.names) ?? otherwise;
    }
    case 'list_append': {
      const left = evaluate(value.left, item, bindings);
      const right = evaluate(value.right, item, bindings);
      if (!('L' in left) || !('L' in right)) throw wrongDataType();
      return { L: [...left.L, ...right.L] };
    }
    case 'sum': {
      const left = evaluate(value.left, item, bindings);
      const right = evaluate(value.right, item, bindings);
      if (!('N' in left) || !('N' in right)) throw wrongDataType();
      return { N: value.operator === '+' ? addNumbers(left.N, right.N) : subtractNumbers(left.N, right.N) };
    }
  }
}

function added(existing: AttributeValue | undefined, argument: AttributeValue): AttributeValue {
  if (!existing) return argument;
  if ('N' in existing && 'N' in argument) return { N: addNumbers(existing.N, argument.N) };
  const type = typeOf(existing);
  if (type === 'N' || type !== typeOf(argument)) throw wrongDataType();
  const members = new Set([...(contentOf(existing) as string[]), ...(contentOf(argument) as string[])]);
  return { [type]: [...members] } as unknown as AttributeValue;
}

/** What is left of a set; undefined when nothing is. */
function without(existing: AttributeValue, argument: AttributeValue): AttributeValue | undefined {
  const type = typeOf(existing);
  if (type !== typeOf(argument)) throw wrongDataType();
  const leaving = new Set(contentOf(argument) as string[]);
  const rest = (contentOf(existing) as string[]).filter((member) => !leaving.has(member));
  return rest.length > 0 ? ({ [type]: rest } as unknown as AttributeValue) : undefined;
}

function withValue(
  target: AttributeValue | undefined,
  path: DocumentPath,
  depth: number,
  value: AttributeValue,
): AttributeValue {
  if (depth === path.length) return value;
  const element = path[depth] as string | number;
  if (typeof element === 'string') {
    if (!target || !('M' in target)) throw invalidPath();
    const member = Object.hasOwn(target.M, element) ? target.M[element] : undefined;
    return { M: { ...target.M, [element]: withValue(member, path, depth + 1, value) } };
  }
  if (!target || !('L' in target)) throw invalidPath();
  const elements = [...target.L];
  const index = Math.min(element, elements.length);
  elements[index] = withValue(elements[index], path, depth + 1, value);
  return { L: elements };
}

function withoutPath(target: AttributeValue, path: DocumentPath, depth: number): AttributeValue {
  const element = path[depth] as string | number;
  const isLast = depth === path.length - 1;
  if (typeof element === 'string') {
    if (!('M' in target)) throw invalidPath();
    const member = Object.hasOwn(target.M, element) ? target.M[element] : undefined;
    if (!member) {
      if (isLast) return target;
      throw invalidPath();
    }
    const members = { ...target.M };
    if (isLast) delete members[element];
    else members[element] = withoutPath(member, path, depth + 1);
    return { M: members };
  }
  if (!('L' in target)) throw invalidPath();
  const member = target.L[element];
  if (!member) {
    if (isLast) return target;
    throw invalidPath();
  }
  if (isLast) return { L: target.L.toSpliced(element, 1) };
  return { L: target.L.with(element, withoutPath(member, path, depth + 1)) };
}

function wrongDataType() {
  return validation('An operand in the update expression has an incorrect data type');
}

function invalidPath() {
  return validation('The document path provided in the update expression is invalid for update');
}
