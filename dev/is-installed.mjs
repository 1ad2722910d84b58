/** Exit 0 when node_modules holds what package-lock.json names, 1 when an installation is needed. Runs on any Node from 20. */
import { existsSync, readFileSync } from 'node:fs';

/** npm's own record of what it installed; written last. */
const INSTALLED = 'node_modules/.package-lock.json';

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  const installed = packagesOf(INSTALLED);
  return Object.entries(packagesOf('package-lock.json'))
    .filter(([path, { optional }]) => path.includes('node_modules/') && !optional)
    .every(([path, { version }]) => installed[path] !== undefined && installed[path].version === version);
}

process.exitCode = isInstalled() ? 0 : 1;
