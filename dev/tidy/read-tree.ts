import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const WORKSPACES = '{console,contracts,dev,domain,infrastructure,local-aws,services,simulators,tests}';
const BUILT: ReadonlySet<string> = new Set(['node_modules', 'dist', 'cdk.out', 'coverage', '.local']);

/** The repository's sources and the workspaces' package files, by path from the root. */
export function readTree(root: string): Map<string, string> {
  const patterns = ['*.{ts,mts}', `${WORKSPACES}/**/*.{ts,tsx,mts}`, `${WORKSPACES}/package.json`];
  const paths = globSync(patterns, { cwd: root, exclude: (name) => BUILT.has(name.split(/[/\\]/).at(-1) ?? '') });
  return new Map(paths.sort().map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]));
}
