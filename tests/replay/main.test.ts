import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { aFile, aRow } from './testing/sample-day.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'replay-main-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Where nothing listens: a request that is made all the same fails with another message. */
const NOWHERE = ['--api', 'http://127.0.0.1:9', '--aws', 'http://127.0.0.1:9', '--exchange', 'http://127.0.0.1:9'];

function replay(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

test('a file that is cut in its last line ends the replay before anything is asked of anyone', () => {
  const file = join(folder, 'cut.csv');
  writeFileSync(file, aFile(aRow(), aRow({ SequentialOrderNumber: '1002', SecondaryOrderID: '502' })).slice(0, -3));
  const message = `${file}:3: Member: the line has no end: the file was cut short here\n`;
  expect(replay(file, ...NOWHERE)).toEqual({ status: 1, stdout: '', stderr: message });
}, 30_000);

test('a command line that cannot be is answered with the usage', () => {
  const { status, stderr } = replay();
  expect(status).toBe(1);
  expect(stderr).toContain('name one file');
  expect(stderr).toContain('npm run replay -- <file>');
}, 30_000);
