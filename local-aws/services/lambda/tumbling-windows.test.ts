import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { TEST_START_MS } from '../../testing/test-stack.ts';
import { type KinesisFixture, startKinesisFixture } from './testing/kinesis-fixture.ts';

let fixture: KinesisFixture;
afterEach(() => fixture.close());

const TEXTS = "event.Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString())";
/** Sums what it gets, and logs each call as its texts, the state it came with, and what the event says of the window. */
const SUMMER = `
exports.handler = async (event) => {
  const texts = ${TEXTS};
  const { window, isFinalInvokeForWindow: final, shardId } = event;
  console.log(JSON.stringify({ texts, sum: event.state.sum, start: window.start.slice(14), end: window.end.slice(14), final, shardId }));
  return { state: { sum: texts.reduce((sum, text) => sum + Number(text), event.state.sum ?? 0) } };
};`;

const SHARD = 'shardId-000000000000';
const call = (texts: string[], sum: number | undefined, start: string, end: string, final = false) => ({
  texts,
  ...(sum !== undefined && { sum }),
  start,
  end,
  final,
  shardId: SHARD,
});

const start = (mapping: object = {}, options: object = {}) =>
  startKinesisFixture(
    { TumblingWindowInSeconds: 10, ...mapping },
    { functions: { follower: SUMMER }, startMs: TEST_START_MS + 3000, ...options },
  );

it('carries the state from batch to batch, and calls once more at the end of the window', async () => {
  fixture = await start();
  await fixture.put(['0', '1'], ['0', '2']);
  await fixture.advance(2000);
  await fixture.put(['0', '4']);
  await fixture.advance(4999);
  expect(fixture.logged).toEqual([call(['1', '2'], undefined, '00:00Z', '00:10Z'), call(['4'], 3, '00:00Z', '00:10Z')]);
  await fixture.advance(1);
  expect(fixture.logged.at(-1)).toEqual(call([], 7, '00:00Z', '00:10Z', true));
  await fixture.put(['0', '8']);
  await fixture.advance(20_000);
  expect(fixture.logged.slice(3)).toEqual([
    call(['8'], undefined, '00:10Z', '00:20Z'),
    call([], 8, '00:10Z', '00:20Z', true),
  ]);
});

it('cuts a batch where a window ends, by arrival', async () => {
  fixture = await start({ MaximumBatchingWindowInSeconds: 20 });
  await fixture.put(['0', '1']);
  await fixture.advance(10_000);
  await fixture.put(['0', '2']);
  await fixture.advance(30_000);
  expect(fixture.logged).toEqual([
    call(['1'], undefined, '00:00Z', '00:10Z'),
    call([], 1, '00:00Z', '00:10Z', true),
    call(['2'], undefined, '00:10Z', '00:20Z'),
    call([], 2, '00:10Z', '00:20Z', true),
  ]);
});

it('keeps a state for each shard', async () => {
  fixture = await start();
  await fixture.put(['0', '1'], ['3', '2']);
  await fixture.advance(10_000);
  const finals = (fixture.logged as { final: boolean; shardId: string; sum: number }[]).filter(({ final }) => final);
  expect(finals.map(({ shardId, sum }) => [shardId, sum]).toSorted()).toEqual([
    ['shardId-000000000000', 1],
    ['shardId-000000000003', 2],
  ]);
});

it('goes on in the middle of a window after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'windows-'));
  const path = join(folder, 'stack.db');
  fixture = await start({}, { path });
  await fixture.put(['0', '1']);
  await fixture.idle();
  await fixture.close();
  fixture = await start({}, { path, startMs: TEST_START_MS + 5000 });
  await fixture.put(['0', '2']);
  await fixture.idle();
  expect(fixture.logged).toEqual([call(['2'], 1, '00:00Z', '00:10Z')]);
  await fixture.close();
  fixture = await start({}, { path, startMs: TEST_START_MS + 60_000 });
  await fixture.idle();
  expect(fixture.logged).toEqual([call([], 3, '00:00Z', '00:10Z', true)]);
  rmSync(folder, { recursive: true });
});

it('takes an answer without a state for a failure, and leaves the state as it was', async () => {
  const forgetful = SUMMER.replace('return {', "if (texts.includes('13')) return {};\n  return {");
  fixture = await start({ MaximumRetryAttempts: 1 }, { functions: { follower: forgetful } });
  await fixture.put(['0', '1']);
  await fixture.idle();
  await fixture.put(['0', '13']);
  await fixture.advance(3000);
  await fixture.put(['0', '2']);
  await fixture.idle();
  expect(fixture.logged).toEqual([
    call(['1'], undefined, '00:00Z', '00:10Z'),
    call(['13'], 1, '00:00Z', '00:10Z'),
    call(['13'], 1, '00:00Z', '00:10Z'),
    call(['2'], 1, '00:00Z', '00:10Z'),
  ]);
});

it('takes the state of what went well before the lowest failure reported', async () => {
  const source = `
exports.handler = async (event) => {
  const texts = ${TEXTS};
  console.log(JSON.stringify({ texts, seen: event.state.seen ?? [] }));
  const bad = texts.indexOf('bad');
  const done = bad === -1 ? texts : texts.slice(0, bad);
  return {
    state: { seen: [...(event.state.seen ?? []), ...done] },
    batchItemFailures: bad === -1 ? [] : [{ itemIdentifier: event.Records[bad].kinesis.sequenceNumber }],
  };
};`;
  fixture = await start(
    { FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRetryAttempts: 1 },
    { functions: { follower: source } },
  );
  await fixture.put(['0', 'a'], ['0', 'bad'], ['0', 'b']);
  await fixture.advance(2000);
  await fixture.put(['0', 'c']);
  await fixture.idle();
  expect(fixture.logged).toEqual([
    { texts: ['a', 'bad', 'b'], seen: [] },
    { texts: ['bad', 'b'], seen: ['a'] },
    { texts: ['c'], seen: ['a'] },
  ]);
});

it('ends a window early whose state is over 1 MB, and goes on afresh', async () => {
  const source = `
exports.handler = async (event) => {
  const { isFinalInvokeForWindow: final, isWindowTerminatedEarly: early, Records } = event;
  const size = JSON.stringify(event.state).length;
  console.log(JSON.stringify({ records: Records.length, isLarge: size > 1024 * 1024, final, early }));
  return { state: { text: final ? '' : 'x'.repeat(1024 * 1024) } };
};`;
  fixture = await start({}, { functions: { follower: source } });
  await fixture.put(['0', 'a']);
  await fixture.idle();
  await fixture.put(['0', 'b']);
  await fixture.idle();
  const early = { records: 0, isLarge: true, final: true, early: true };
  const batch = { records: 1, isLarge: false, final: false, early: false };
  expect(fixture.logged).toEqual([batch, early, batch, early]);
});

it('holds the shard until the last call of a window succeeds', async () => {
  const source = `
let calls = 0;
exports.handler = async (event) => {
  const texts = ${TEXTS};
  console.log(JSON.stringify({ texts, final: event.isFinalInvokeForWindow }));
  if (event.isFinalInvokeForWindow && ++calls < 3) throw new Error('not yet');
  return { state: {} };
};`;
  fixture = await start({}, { functions: { follower: source } });
  await fixture.put(['0', 'a']);
  await fixture.advance(7100);
  await fixture.put(['0', 'b']);
  await fixture.advance(2000);
  const last = { texts: [], final: true };
  expect(fixture.logged).toEqual([{ texts: ['a'], final: false }, last, last, last, { texts: ['b'], final: false }]);
});
