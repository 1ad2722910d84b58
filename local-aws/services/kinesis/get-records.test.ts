import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bytes, type KinesisStack, startKinesis, text } from './testing/kinesis-stack.ts';

let stack: KinesisStack;
beforeEach(async () => {
  stack = await startKinesis();
  stack.stream('Ticks');
});
afterEach(() => stack.close());

const StreamName = 'Ticks';
const ShardId = 'shardId-000000000000';

/** Returns the sequence numbers. */
async function put(...texts: string[]): Promise<string[]> {
  const Records = texts.map((each) => ({ PartitionKey: 'k', Data: bytes(each) }));
  const answer = await stack.client.send(new PutRecordsCommand({ StreamName, Records }));
  return answer.Records?.map((record) => record.SequenceNumber ?? '') ?? [];
}

async function iterator(from: Partial<GetShardIteratorCommandInput>): Promise<string> {
  const input = { StreamName, ShardId, ...from } as GetShardIteratorCommandInput;
  const { ShardIterator = '' } = await stack.client.send(new GetShardIteratorCommand(input));
  return ShardIterator;
}

async function read(ShardIterator: string, Limit?: number) {
  const answer = await stack.client.send(new GetRecordsCommand({ ShardIterator, ...(Limit && { Limit }) }));
  return { ...answer, texts: answer.Records?.map((record) => text(record.Data)) };
}

it('starts where the iterator says', async () => {
  const [first = '', second = ''] = await put('a', 'b');
  await stack.advance(10);
  const latest = await iterator({ ShardIteratorType: 'LATEST' });
  const between = new Date(stack.clock.nowMs());
  await put('c');
  const starts: [Partial<GetShardIteratorCommandInput>, string[]][] = [
    [{ ShardIteratorType: 'TRIM_HORIZON' }, ['a', 'b', 'c']],
    [{ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: second }, ['b', 'c']],
    [{ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: first }, ['b', 'c']],
    [{ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: between }, ['c']],
  ];
  for (const [from, texts] of starts) expect((await read(await iterator(from))).texts).toEqual(texts);
  await stack.advance(1000);
  expect((await read(latest)).texts).toEqual(['c']);
});

it('goes on from the next iterator, and tells how far behind it is', async () => {
  await put('a', 'b', 'c');
  await stack.advance(700);
  const first = await read(await iterator({ ShardIteratorType: 'TRIM_HORIZON' }), 2);
  expect(first).toMatchObject({ texts: ['a', 'b'], MillisBehindLatest: 700 });
  const second = await read(first.NextShardIterator ?? '');
  expect(second).toMatchObject({ texts: ['c'], MillisBehindLatest: 0 });
  expect(await read(second.NextShardIterator ?? '')).toMatchObject({ texts: [], MillisBehindLatest: 0 });
});

it('expires iterators after five minutes', async () => {
  const old = await iterator({ ShardIteratorType: 'LATEST' });
  await stack.advance(300_000);
  expect((await read(old)).texts).toEqual([]);
  await stack.advance(1);
  await expect(read(old)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
});

it('takes five reads a second of a shard', async () => {
  const from = await iterator({ ShardIteratorType: 'TRIM_HORIZON' });
  for (let count = 0; count < 5; count++) await read(from);
  await expect(read(from)).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  await stack.advance(1000);
  await read(from);
});

it('makes a reader of more than 2 MiB wait', async () => {
  const wide = 'x'.repeat(1000 * 1024);
  for (let second = 0; second < 3; second++) {
    await put(wide);
    await stack.advance(1000);
  }
  const from = await iterator({ ShardIteratorType: 'TRIM_HORIZON' });
  expect((await read(from)).texts).toHaveLength(3);
  await expect(read(from)).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  await stack.advance(1000);
  await read(from);
});

it('forgets records after their retention, and counts on', async () => {
  const [before = ''] = await put('a');
  await stack.advance(24 * 3_600_000 + 1);
  const from = await iterator({ ShardIteratorType: 'TRIM_HORIZON' });
  expect((await read(from)).texts).toEqual([]);
  const [after = ''] = await put('b');
  expect(BigInt(after) > BigInt(before)).toBe(true);
  expect((await read(from)).texts).toEqual(['b']);
});

it('keeps records as long as the stream says', async () => {
  stack.stream('Ticks', { RetentionPeriodHours: 48 });
  await put('a', 'b');
  await stack.advance(47 * 3_600_000);
  expect((await read(await iterator({ ShardIteratorType: 'TRIM_HORIZON' }))).texts).toEqual(['a', 'b']);
});

it.each([
  ['another shard', { ShardId: 'shardId-000000000001', ShardIteratorType: 'LATEST' }, 'ResourceNotFoundException'],
  ['another stream', { StreamName: 'None', ShardIteratorType: 'LATEST' }, 'ResourceNotFoundException'],
  ['an unknown type', { ShardIteratorType: 'EARLIEST' }, 'ValidationException'],
  ['no sequence number', { ShardIteratorType: 'AT_SEQUENCE_NUMBER' }, 'InvalidArgumentException'],
  [
    'a number that is not of the shard',
    { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: '42' },
    'InvalidArgumentException',
  ],
  ['no time', { ShardIteratorType: 'AT_TIMESTAMP' }, 'InvalidArgumentException'],
  [
    'a time to come',
    { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date('2100-01-01') },
    'InvalidArgumentException',
  ],
])('refuses an iterator of %s', async (_what, from, name) => {
  await expect(iterator(from as Partial<GetShardIteratorCommandInput>)).rejects.toMatchObject({ name });
});

it('refuses a limit beyond 10,000 and an iterator that is none', async () => {
  const from = await iterator({ ShardIteratorType: 'LATEST' });
  await expect(read(from, 10_001)).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(read('nothing')).rejects.toMatchObject({ name: 'InvalidArgumentException' });
});
