import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type KinesisFixture, startKinesisFixture } from './testing/kinesis-fixture.ts';

let fixture: KinesisFixture;
afterEach(() => fixture.close());

it('delivers the records of each shard in their order, as Kinesis events', async () => {
  fixture = await startKinesisFixture();
  await fixture.put(['0', 'a'], ['3', 'x'], ['0', 'b'], ['3', 'y']);
  await fixture.idle();
  await fixture.put(['0', 'c']);
  await fixture.idle();
  expect(fixture.logged).toHaveLength(3);
  expect(fixture.logged).toEqual(expect.arrayContaining([['a', 'b'], ['x', 'y'], ['c']]));
});

it('gives the event the shape that AWS gives it', async () => {
  const source = 'exports.handler = async (event) => console.log(JSON.stringify(event));';
  fixture = await startKinesisFixture({}, { functions: { follower: source } });
  await fixture.put(['2', 'a']);
  await fixture.idle();
  expect(fixture.logged).toEqual([
    {
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: 'a',
            sequenceNumber: expect.stringMatching(/^\d{56}$/),
            data: Buffer.from('a').toString('base64'),
            approximateArrivalTimestamp: fixture.clock.nowMs() / 1000,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: expect.stringMatching(/^shardId-000000000002:\d{56}$/),
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: 'arn:aws:iam::000000000000:role/follower',
          awsRegion: 'sa-east-1',
          eventSourceARN: 'arn:aws:kinesis:sa-east-1:000000000000:stream/Ticks',
        },
      ],
    },
  ]);
});

it('takes no more than the batch size at once', async () => {
  fixture = await startKinesisFixture({ BatchSize: 2 });
  await fixture.put(['0', 'a'], ['0', 'b'], ['0', 'c'], ['0', 'd'], ['0', 'e']);
  await fixture.idle();
  expect(fixture.logged).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

it('ends the batching window when the batch is full', async () => {
  fixture = await startKinesisFixture({ BatchSize: 2, MaximumBatchingWindowInSeconds: 10 });
  await fixture.put(['0', 'a']);
  await fixture.advance(5_000);
  expect(fixture.logged).toEqual([]);
  await fixture.put(['0', 'b'], ['0', 'c']);
  await fixture.idle();
  expect(fixture.logged).toEqual([['a', 'b']]);
  await fixture.advance(9_999);
  expect(fixture.logged).toHaveLength(1);
  await fixture.advance(1);
  expect(fixture.logged).toEqual([['a', 'b'], ['c']]);
});

it('from LATEST leaves out what was there before it, and after a restart nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinesis-'));
  const options = { path: join(folder, 'stack.db') };
  fixture = await startKinesisFixture({ Enabled: false }, options);
  await fixture.put(['0', 'before']);
  await fixture.close();
  fixture = await startKinesisFixture(
    { StartingPosition: 'LATEST' },
    { ...options, startMs: fixture.clock.nowMs() + 1000 },
  );
  await fixture.idle();
  await fixture.put(['0', 'after']);
  await fixture.idle();
  expect(fixture.logged).toEqual([['after']]);
  await fixture.close();
  fixture = await startKinesisFixture(
    { StartingPosition: 'LATEST' },
    { ...options, startMs: fixture.clock.nowMs() + 1000 },
  );
  await fixture.put(['0', 'later']);
  await fixture.idle();
  expect(fixture.logged).toEqual([['later']]);
  rmSync(folder, { recursive: true });
});

it('reads through a consumer with enhanced fan-out', async () => {
  fixture = await startKinesisFixture({ EventSourceArn: { Ref: 'Consumer' } });
  await fixture.put(['0', 'a']);
  await fixture.idle();
  expect(fixture.logged).toEqual([['a']]);
});

it('gives the function only what its filter asks for', async () => {
  const Pattern = JSON.stringify({ data: { price: [{ numeric: ['>', 10] }] } });
  fixture = await startKinesisFixture({ FilterCriteria: { Filters: [{ Pattern }] } });
  await fixture.put(['0', '{"price":9}'], ['0', '{"price":11}'], ['0', 'no JSON']);
  await fixture.idle();
  expect(fixture.logged).toEqual([['{"price":11}']]);
});
