import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Kernel } from './kernel.ts';
import { Outbox } from './outbox.ts';
import { seededRandom } from './random.ts';
import { SimulatedClock } from './simulated-clock.ts';

const RETRY_AT_MS = 1_000;

let folder: string;
let path: string;
let kernels: Kernel[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outbox-'));
  path = join(folder, 'state.sqlite');
  kernels = [];
});
afterEach(async () => {
  for (const kernel of kernels) await kernel.stop();
  rmSync(folder, { recursive: true });
});

/** An outbox of a process over the state in a file; `attempt` says what becomes of an item. */
function openOutbox(file: string, startMs: number, attempt: (item: string) => Promise<void>) {
  const kernel = new Kernel({ path: file, clock: new SimulatedClock(startMs), random: seededRandom(1) });
  kernels.push(kernel);
  const outbox = new Outbox<string>(kernel, 'letters', {
    attempt,
    retryAtMs: () => RETRY_AT_MS,
    giveUp: async () => {},
  });
  return { kernel, outbox };
}

/** What another process finds after a `kill -9` at this instant. */
async function leftAfterKill(): Promise<readonly string[]> {
  const copy = join(folder, 'copy.sqlite');
  for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
  const found: string[] = [];
  const { kernel, outbox } = openOutbox(copy, RETRY_AT_MS, async (item) => void found.push(item));
  outbox.start();
  await kernel.activity.idle();
  return found;
}

it('keeps nothing of what was sent at once', async () => {
  const { kernel, outbox } = openOutbox(path, 0, async () => {});
  outbox.add('sent');
  await kernel.activity.idle();
  await kernel.store.flushed();
  expect(await leftAfterKill()).toEqual([]);
});

it.each<[string, () => Promise<void>]>([
  ['is still being sent', () => new Promise(() => {})],
  ['was refused and waits', () => Promise.reject(new Error('refused'))],
])('keeps what %s from the first commit on', async (_, attempt) => {
  const { kernel, outbox } = openOutbox(path, 0, attempt);
  kernel.store.define('CREATE TABLE senders (name TEXT)');
  kernel.store.writer('INSERT INTO senders VALUES (?)').run('sender');
  outbox.add('kept');
  await kernel.store.flushed();
  expect(await leftAfterKill()).toEqual(['kept']);
});
