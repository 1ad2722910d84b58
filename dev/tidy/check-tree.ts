import { BANS } from './banned-uses.ts';
import { type Exception, withoutExceptions } from './exceptions.ts';
import { IMPORT_TABLE } from './import-table.ts';
import { resolveImport, type Workspaces, workspacesOf } from './import-target.ts';
import { checkName } from './names.ts';
import { type Place, placeOf } from './place.ts';
import { checkSizes } from './sizes.ts';
import { parseSource, type Source } from './source.ts';
import type { Violation } from './violation.ts';

const MARKER = /\b(TODO|FIXME|XXX)\b/;

/**
 * Checks files against the house rules: imports, sizes, names, banned uses, markers and barrels.
 * @param tree paths from the repository's root and their texts: sources, and the `package.json` of each workspace
 */
export function checkTree(tree: ReadonlyMap<string, string>, exceptions: readonly Exception[]): Violation[] {
  const workspaces = workspacesOf(tree);
  const violations: Violation[] = [];
  for (const [path, text] of tree) {
    if (path.endsWith('.json')) continue;
    const place = placeOf(path);
    const source = parseSource(path, text);
    violations.push(
      ...checkName(place),
      ...checkSizes(place, source),
      ...checkImports(place, source, workspaces),
      ...checkUses(place, source),
      ...checkText(place, source),
    );
  }
  return withoutExceptions(violations, exceptions);
}

function checkImports(from: Place, { imports }: Source, workspaces: Workspaces): Violation[] {
  const rules = IMPORT_TABLE.filter(({ about }) => about(from));
  return imports.flatMap(({ value, line }) => {
    const target = resolveImport(from, value, workspaces);
    const broken = rules.find(({ forbids }) => forbids(target, from));
    if (broken === undefined) return [];
    const message = `imports ${value}: ${broken.reason}; ${broken.instead}`;
    return [{ rule: 'import' as const, path: from.path, line, message, amount: 1 }];
  });
}

function checkUses(place: Place, { uses, imports }: Source): Violation[] {
  const bans = BANS.filter(({ about }) => about(place));
  return [...uses, ...imports].flatMap(({ value, line }) => {
    const broken = bans.find((ban) => ban.uses.test(value));
    if (broken === undefined) return [];
    const message = `${value}: ${broken.reason}; ${broken.instead}`;
    return [{ rule: 'banned' as const, path: place.path, line, message, amount: 1 }];
  });
}

function checkText({ path, fileName }: Place, { comments, reExports, errors }: Source): Violation[] {
  const markers = comments
    .filter(({ value }) => MARKER.test(value))
    .map(({ value, line }) => ({
      rule: 'marker' as const,
      line,
      message: `"${MARKER.exec(value)?.[0]}": do it, or open an issue`,
    }));
  const barrels = reExports
    .filter(({ value }) => value.all || /^index\.tsx?$/.test(fileName))
    .map(({ value, line }) => ({
      rule: 'barrel' as const,
      line,
      message: `exports ${value.from} again: import from the file that has it`,
    }));
  const syntax = errors.map((message) => ({ rule: 'syntax' as const, line: 1, message }));
  return [...markers, ...barrels, ...syntax].map((found) => ({ ...found, path, amount: 1 }));
}
