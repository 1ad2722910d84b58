import { validation } from '../validation.ts';
import { type DocumentPath, formatPath } from './document-path.ts';
import type { ExpressionKind } from './token-reader.ts';

/** Refuses resolved paths of which one contains another, or which take one place for a list and for a map. */
export function checkPathsAreDisjoint(kind: ExpressionKind, paths: readonly DocumentPath[]): void {
  for (let second = 1; second < paths.length; second++) {
    for (let first = 0; first < second; first++) {
      const relation = relationOf(paths[first] as DocumentPath, paths[second] as DocumentPath);
      if (relation === 'apart') continue;
      throw validation(
        `Invalid ${kind}: Two document paths ${relation} with each other; must remove or rewrite one of these paths; ` +
          `path one: ${formatPath(paths[first] as DocumentPath)}, path two: ${formatPath(paths[second] as DocumentPath)}`,
      );
    }
  }
}

function relationOf(a: DocumentPath, b: DocumentPath): 'apart' | 'overlap' | 'conflict' {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    if (typeof a[index] !== typeof b[index]) return 'conflict';
    if (a[index] !== b[index]) return 'apart';
  }
  return 'overlap';
}
