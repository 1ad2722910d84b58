import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { type Place, placeOf } from './place.ts';

export type ImportTarget =
  | { readonly kind: 'PROJECT'; readonly place: Place; readonly isRelative: boolean }
  | { readonly kind: 'PACKAGE'; readonly name: string }
  | { readonly kind: 'BUILTIN'; readonly name: string };

/** Package names of the workspaces, and their folders. */
export type Workspaces = ReadonlyMap<string, string>;

/** What an import names. That it exists is the compiler's business. */
export function resolveImport(from: Place, specifier: string, workspaces: Workspaces): ImportTarget {
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(from.path), specifier);
    return { kind: 'PROJECT', place: placeOf(path), isRelative: true };
  }
  if (isBuiltin(specifier)) return { kind: 'BUILTIN', name: specifier };
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const folder = workspaces.get(name);
  if (folder === undefined) return { kind: 'PACKAGE', name };
  const path = `${folder}${specifier.slice(name.length)}.ts`;
  return { kind: 'PROJECT', place: placeOf(path), isRelative: false };
}

/** Reads the names out of the workspaces' `package.json` files. */
export function workspacesOf(tree: ReadonlyMap<string, string>): Workspaces {
  const found = new Map<string, string>();
  for (const [path, text] of tree) {
    if (!/^[^/]+\/package\.json$/.test(path)) continue;
    found.set((JSON.parse(text) as { name: string }).name, posix.dirname(path));
  }
  return found;
}
