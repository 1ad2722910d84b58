import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Remembers, in a file beside an output, what it was made from; packages are fixed by the lock file. */
export interface Stamp {
  readonly isFresh: boolean;
  /** To be called once the output is whole. */
  write(): void;
}

/** @param patterns globs below the project's root; tests and installed packages are left out. */
export function stampOf(outputFile: string, patterns: readonly string[]): Stamp {
  const hash = createHash('sha256');
  const exclude = ['**/node_modules/**', '**/*.test.ts', '**/testing/**'];
  for (const file of globSync(['package-lock.json', ...patterns], { cwd: ROOT, exclude }).sort()) {
    hash.update(file).update(readFileSync(join(ROOT, file)));
  }
  const digest = hash.digest('hex');
  return {
    isFresh: existsSync(outputFile) && readFileSync(outputFile, 'utf8') === digest,
    write: () => {
      mkdirSync(dirname(outputFile), { recursive: true });
      writeFileSync(outputFile, digest);
    },
  };
}
