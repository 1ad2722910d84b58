import type { AttributeMap, AttributeValue } from '../items/attribute-value.ts';
import type { Parsed } from './condition.ts';
import { type AttributeNames, type DocumentPath, resolvedPath } from './document-path.ts';
import { checkPathsAreDisjoint } from './path-overlap.ts';
import { TokenReader } from './token-reader.ts';

export type Projection = readonly DocumentPath[];

export function parseProjection(source: string): Parsed<Projection> {
  const reader = new TokenReader('ProjectionExpression', source);
  const tree: DocumentPath[] = [];
  do tree.push(reader.path());
  while (reader.takeSymbol(','));
  reader.expectEnd();
  return { kind: reader.kind, tree, names: reader.names, values: reader.values };
}

export function checkProjection(projection: Projection, names: AttributeNames): void {
  checkPathsAreDisjoint(
    'ProjectionExpression',
    projection.map((path) => resolvedPath(path, names)),
  );
}

/** The parts of an item that the paths lead to; list elements close ranks, in the order of their indexes. */
export function project(item: AttributeMap, projection: Projection, names: AttributeNames): AttributeMap {
  const selection: Selection = new Map();
  for (const path of projection) {
    let level = selection;
    for (const [index, element] of resolvedPath(path, names).entries()) {
      const deeper: Selection = level.get(element) ?? new Map();
      level.set(element, deeper);
      if (index < path.length - 1) level = deeper;
    }
  }
  return selectMembers(item, selection);
}

/** Element → what is selected below it; an empty map selects the whole. */
type Selection = Map<string | number, Selection>;

function selectMembers(map: AttributeMap, selection: Selection): AttributeMap {
  const result: Record<string, AttributeValue> = {};
  for (const [name, deeper] of selection) {
    if (typeof name !== 'string' || !Object.hasOwn(map, name)) continue;
    const selected = select(map[name] as AttributeValue, deeper);
    if (selected) result[name] = selected;
  }
  return result;
}

function select(value: AttributeValue, selection: Selection): AttributeValue | undefined {
  if (selection.size === 0) return value;
  if ('M' in value) {
    const members = selectMembers(value.M, selection);
    return Object.keys(members).length > 0 ? { M: members } : undefined;
  }
  if (!('L' in value)) return undefined;
  const indexes = [...selection.keys()].filter((element) => typeof element === 'number').sort((a, b) => a - b);
  const elements: AttributeValue[] = [];
  for (const index of indexes) {
    const element = value.L[index];
    const selected = element && select(element, selection.get(index) as Selection);
    if (selected) elements.push(selected);
  }
  return elements.length > 0 ? { L: elements } : undefined;
}
