import type { AttributeMap, AttributeValue } from '../items/attribute-value.ts';

/** Names (as written: bare or a `#placeholder`) and list indexes. The first element is a name. */
export type DocumentPath = readonly (string | number)[];
export type AttributeNames = Readonly<Record<string, string>>;

const PLACEHOLDER_CODE = 35; // '#'

export function resolvedName(element: string, names: AttributeNames): string {
  return isPlaceholder(element) ? (names[element] as string) : element;
}

function isPlaceholder(element: string | number): boolean {
  return typeof element === 'string' && element.charCodeAt(0) === PLACEHOLDER_CODE;
}

export function resolvedPath(path: DocumentPath, names: AttributeNames): DocumentPath {
  if (!path.some(isPlaceholder)) return path;
  return path.map((element) => (typeof element === 'string' ? resolvedName(element, names) : element));
}

export function valueAt(item: AttributeMap, path: DocumentPath, names: AttributeNames): AttributeValue | undefined {
  let value: AttributeValue | undefined = memberOf(item, resolvedName(path[0] as string, names));
  for (let index = 1; index < path.length && value !== undefined; index++) {
    const element = path[index] as string | number;
    if (typeof element === 'number') value = 'L' in value ? value.L[element] : undefined;
    else value = 'M' in value ? memberOf(value.M, resolvedName(element, names)) : undefined;
  }
  return value;
}

/** As DynamoDB's messages show a resolved path: `[a, b, [0]]`. */
export function formatPath(path: DocumentPath): string {
  return `[${path.map((element) => (typeof element === 'number' ? `[${element}]` : element)).join(', ')}]`;
}

function memberOf(map: AttributeMap, name: string): AttributeValue | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
