import { checkTree } from '../check-tree.ts';
import type { Exception } from '../exceptions.ts';

/** Files of a small repository by path; workspaces are `@brokerage/<folder>`, and `local-aws`. */
export type Files = Readonly<Record<string, string>>;

const PACKAGES = ['domain', 'contracts', 'services', 'infrastructure', 'simulators', 'console', 'tests', 'dev'];

/** Checks the files; answers a line each: `path:line rule`. */
export function checkFiles(files: Files, exceptions: readonly Exception[] = []): string[] {
  const manifests = PACKAGES.map((name): [string, string] => [`${name}/package.json`, `{"name":"@brokerage/${name}"}`]);
  const tree = new Map([...manifests, ['local-aws/package.json', '{"name":"local-aws"}'], ...Object.entries(files)]);
  return checkTree(tree, exceptions).map(({ path, line, rule }) => `${path}:${line} ${rule}`);
}
