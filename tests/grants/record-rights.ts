import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOLDER_VARIABLE } from './grant-uses.ts';

/** A folder for what this run's stacks need; workers inherit the variable that names it. */
export default function makeFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'brokerage-grants-'));
  process.env[FOLDER_VARIABLE] = folder;
  return () => {
    if (!process.env.KEEP_SYSTEM_DATA) rmSync(folder, { recursive: true, force: true });
  };
}
