import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type KinesisFixture, startKinesisFixture } from './testing/kinesis-fixture.ts';

let fixture: KinesisFixture;
afterEach(() => fixture.close());

const TEXTS = "Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString())";
/** Throws when a record is poison. */
const THROWER = `
exports.handler = async ({ Records }) => {
  const texts = ${TEXTS};
  console.log(JSON.stringify(texts));
  if (texts.includes('poison')) throw new Error('poison');
};`;
/** Reports records that are poison. */
const REPORTER = `
exports.handler = async ({ Records }) => {
  const texts = ${TEXTS};
  console.log(JSON.stringify(texts));
  const failed = Records.filter((record, index) => texts[index] === 'poison');
  return { batchItemFailures: failed.map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })) };
};`;
const TO_QUEUE = { DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } } };

const start = (mapping: object, source = THROWER) =>
  startKinesisFixture({ ...mapping }, { functions: { follower: source } });

it('tries a batch again as often as it may, then tells where it was', async () => {
  fixture = await start({ MaximumRetryAttempts: 2, ...TO_QUEUE });
  await fixture.put(['1', 'a'], ['1', 'poison']);
  await fixture.advance(10_000);
  await fixture.put(['1', 'b']);
  await fixture.idle();
  expect(fixture.logged).toEqual([['a', 'poison'], ['a', 'poison'], ['a', 'poison'], ['b']]);
  const [failure, ...others] = await fixture.failures();
  expect(others).toEqual([]);
  expect(failure).toMatchObject({
    version: '1.0',
    requestContext: {
      functionArn: 'arn:aws:lambda:sa-east-1:000000000000:function:follower',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 3,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    KinesisBatchInfo: {
      shardId: 'shardId-000000000001',
      batchSize: 2,
      streamArn: 'arn:aws:kinesis:sa-east-1:000000000000:stream/Ticks',
    },
  });
});

it('leaves the other shards alone', async () => {
  fixture = await start({});
  await fixture.put(['0', 'poison']);
  await fixture.idle();
  await fixture.put(['0', 'stuck'], ['1', 'a'], ['2', 'b']);
  await fixture.idle();
  expect(fixture.logged).toEqual(expect.arrayContaining([['a'], ['b']]));
  expect(fixture.logged).not.toContainEqual(expect.arrayContaining(['stuck']));
});

it('halves a batch until the poison is alone; halving costs no retry', async () => {
  fixture = await start({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, ...TO_QUEUE });
  await fixture.put(['0', 'a'], ['0', 'b'], ['0', 'poison'], ['0', 'c']);
  await fixture.advance(10_000);
  expect(fixture.logged).toEqual([['a', 'b', 'poison', 'c'], ['a', 'b'], ['poison', 'c'], ['poison'], ['c']]);
  const failures = await fixture.failures();
  expect(failures.map(({ KinesisBatchInfo }) => KinesisBatchInfo)).toMatchObject([{ batchSize: 1 }]);
});

it('starts again at the lowest sequence number reported, and after it when it is given up', async () => {
  const ReportBatchItemFailures = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
  fixture = await start(
    { ...ReportBatchItemFailures, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...TO_QUEUE },
    REPORTER,
  );
  await fixture.put(['0', 'a'], ['0', 'poison'], ['0', 'b'], ['0', 'c']);
  await fixture.advance(10_000);
  expect(fixture.logged).toEqual([
    ['a', 'poison', 'b', 'c'],
    ['poison', 'b', 'c'],
    ['poison', 'b'],
    ['poison'],
    ['poison'],
    ['b'],
    ['c'],
  ]);
  const failures = await fixture.failures();
  expect(failures).toMatchObject([{ responseContext: { functionError: null }, KinesisBatchInfo: { batchSize: 1 } }]);
});

it('keeps the checkpoint at the lowest failure over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinesis-'));
  const options = { functions: { follower: REPORTER }, path: join(folder, 'stack.db') };
  const mapping = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
  fixture = await startKinesisFixture(mapping, options);
  await fixture.put(['0', 'a'], ['0', 'poison'], ['0', 'b']);
  await fixture.idle();
  await fixture.close();
  fixture = await startKinesisFixture(mapping, options);
  await fixture.idle();
  expect(fixture.logged[0]).toEqual(['poison', 'b']);
  rmSync(folder, { recursive: true });
});

it('gives up what is too old, and goes on with what is not', async () => {
  fixture = await start({ MaximumRecordAgeInSeconds: 60, ...TO_QUEUE });
  await fixture.put(['0', 'poison']);
  await fixture.advance(50_000);
  await fixture.put(['0', 'a']);
  await fixture.advance(50_000);
  expect(fixture.logged.at(-1)).toEqual(['a']);
  const failures = await fixture.failures();
  expect(failures).toMatchObject([
    { requestContext: { condition: 'RecordAgeExceeded' }, KinesisBatchInfo: { batchSize: 1 } },
  ]);
});

it('takes no retry for a function that is throttled', async () => {
  const functionProperties = { follower: { ReservedConcurrentExecutions: 0 } };
  fixture = await startKinesisFixture({ MaximumRetryAttempts: 1, ...TO_QUEUE }, { functionProperties });
  await fixture.put(['0', 'a']);
  await fixture.advance(60_000);
  expect(fixture.logged).toEqual([]);
  expect(await fixture.failures()).toEqual([]);
});

it('works on several keys of a shard at once, each in its order', async () => {
  const slow = `
let running = 0;
exports.handler = async ({ Records }) => {
  running += 1;
  console.log(JSON.stringify({ running, texts: ${TEXTS} }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  running -= 1;
};`;
  fixture = await start({ ParallelizationFactor: 10 }, slow);
  await fixture.put(['0', 'a'], ['0', 'b'], ['0', 'a'], ['0', 'b']);
  await fixture.advance(1000);
  const texts = (fixture.logged as { texts: string[] }[]).map((each) => each.texts);
  expect(texts).toHaveLength(2);
  expect(texts).toEqual(
    expect.arrayContaining([
      ['a', 'a'],
      ['b', 'b'],
    ]),
  );
});

it('tells how old records are when the function gets them', async () => {
  fixture = await start({ MaximumBatchingWindowInSeconds: 2 });
  await fixture.put(['3', 'a']);
  await fixture.advance(2000);
  const ages = () => fixture.kernel.meter.readIteratorAges();
  const shard = { functionName: 'follower', shardId: 'shardId-000000000003' };
  expect(ages()).toEqual([{ ...shard, lastMs: 2000, maxMs: 2000 }]);
  await fixture.put(['3', 'poison']);
  await fixture.advance(60_000);
  expect(ages()[0]?.maxMs).toBeGreaterThan(20_000);
  fixture.kernel.meter.reset();
  expect(ages()).toEqual([]);
});
