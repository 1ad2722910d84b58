import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bytes, type KinesisStack, startKinesis, text } from './testing/kinesis-stack.ts';

let stack: KinesisStack;
beforeAll(async () => {
  stack = await startKinesis();
  stack.stream('Ticks', { ShardCount: 4 });
  stack.stream('One', { ShardCount: 1 });
});
afterAll(() => stack.close());

const StreamName = 'Ticks';
const put = (PartitionKey: string, Data = bytes('x')) => ({ PartitionKey, Data });

it('gives an order of decimal numbers within a shard', async () => {
  const numbers: string[] = [];
  for (let index = 0; index < 3; index++) {
    const { SequenceNumber = '' } = await stack.client.send(new PutRecordCommand({ StreamName, ...put('PETR4') }));
    numbers.push(SequenceNumber);
  }
  for (const number of numbers) expect(number).toMatch(/^\d{56}$/);
  expect(numbers.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))).toEqual(numbers);
  expect(new Set(numbers).size).toBe(3);
});

it('sends a key to the shard that holds its MD5', async () => {
  const { StreamDescription } = await stack.client.send(new DescribeStreamCommand({ StreamName }));
  // MD5 of each, as AWS hashes it.
  const hashes = { a: 0x0cc175b9c0f1b6a831c399e269772661n, b: 0x92eb5ffee6ae2fec3ad71c777531578fn };
  for (const [key, hash] of Object.entries(hashes)) {
    const { ShardId } = await stack.client.send(new PutRecordCommand({ StreamName, ...put(key) }));
    const range = StreamDescription?.Shards?.find((shard) => shard.ShardId === ShardId)?.HashKeyRange;
    expect(BigInt(range?.StartingHashKey ?? -1) <= hash && hash <= BigInt(range?.EndingHashKey ?? -1)).toBe(true);
  }
});

it('follows an explicit hash key', async () => {
  const last = String(2n ** 128n - 1n);
  const ends = await Promise.all(
    ['0', last].map((ExplicitHashKey) =>
      stack.client.send(new PutRecordCommand({ StreamName, ...put('a'), ExplicitHashKey })),
    ),
  );
  expect(ends.map(({ ShardId }) => ShardId)).toEqual(['shardId-000000000000', 'shardId-000000000003']);
  const beyond = new PutRecordCommand({ StreamName, ...put('a'), ExplicitHashKey: String(2n ** 128n) });
  await expect(stack.client.send(beyond)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
});

it('keeps data as it came', async () => {
  const data = Uint8Array.from({ length: 256 }, (_, index) => index);
  const sent = new PutRecordCommand({ StreamName: 'One', PartitionKey: 'chave é', Data: data });
  const { SequenceNumber: at } = await stack.client.send(sent);
  const { ShardIterator } = await stack.client.send(
    new GetShardIteratorCommand({
      StreamName: 'One',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      StartingSequenceNumber: at,
    }),
  );
  const { Records = [] } = await stack.client.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records).toHaveLength(1);
  expect(Records[0]).toMatchObject({ PartitionKey: 'chave é', SequenceNumber: at });
  expect([...(Records[0]?.Data ?? [])]).toEqual([...data]);
  expect(Records[0]?.ApproximateArrivalTimestamp?.getTime()).toBe(stack.clock.nowMs());
});

it('writes 1,000 records a second to a shard, and names those beyond', async () => {
  stack.stream('Busy', { ShardCount: 1 });
  const send = (count: number) => {
    const Records = Array.from({ length: count }, (_, index) => put(`key ${index}`, bytes(String(index))));
    return stack.client.send(new PutRecordsCommand({ StreamName: 'Busy', Records }));
  };
  expect((await send(500)).FailedRecordCount).toBe(0);
  expect((await send(499)).FailedRecordCount).toBe(0);
  const answer = await send(3);
  expect(answer.FailedRecordCount).toBe(2);
  expect(answer.Records?.map((record) => record.ErrorCode)).toEqual([
    undefined,
    'ProvisionedThroughputExceededException',
    'ProvisionedThroughputExceededException',
  ]);
  expect(answer.Records?.[1]).toEqual({
    ErrorCode: 'ProvisionedThroughputExceededException',
    ErrorMessage: 'Rate exceeded for shard shardId-000000000000 in stream Busy under account 000000000000.',
  });
  await expect(stack.client.send(new PutRecordCommand({ StreamName: 'Busy', ...put('a') }))).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
  });
  await stack.advance(1000);
  expect((await send(3)).FailedRecordCount).toBe(0);
});

it('writes 1 MiB a second to a shard', async () => {
  stack.stream('Wide', { ShardCount: 2 });
  const half = (ExplicitHashKey: string) => ({ ...put('k', new Uint8Array(512 * 1024 - 1)), ExplicitHashKey });
  const last = String(2n ** 128n - 1n);
  const Records = [half('0'), half('0'), half('0'), half(last)];
  const answer = await stack.client.send(new PutRecordsCommand({ StreamName: 'Wide', Records }));
  expect(answer.Records?.map((record) => record.ErrorCode !== undefined)).toEqual([false, false, true, false]);
});

it('refuses some records while it is asked to', async () => {
  stack.faults.recordThrottlingProbability = 0.5;
  const Records = Array.from({ length: 50 }, (_, index) => put(`key ${index}`));
  const answer = await stack.client.send(new PutRecordsCommand({ StreamName, Records }));
  stack.faults.recordThrottlingProbability = 0;
  expect(answer.FailedRecordCount).toBeGreaterThan(0);
  expect(answer.FailedRecordCount).toBeLessThan(50);
  expect(answer.Records?.filter((record) => record.ErrorCode)).toHaveLength(answer.FailedRecordCount ?? 0);
});

it('writes nothing of a request it refuses', async () => {
  const Records = [put('good'), put('')];
  const refused = stack.client.send(new PutRecordsCommand({ StreamName: 'One', Records }));
  await expect(refused).rejects.toMatchObject({ name: 'ValidationException' });
  const { ShardIterator } = await stack.client.send(
    new GetShardIteratorCommand({
      StreamName: 'One',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const read = await stack.client.send(new GetRecordsCommand({ ShardIterator }));
  expect(read.Records?.map((record) => text(record.Data))).not.toContain('x');
});

it.each([
  ['an unknown stream', { StreamName: 'None', ...put('a') }, 'ResourceNotFoundException'],
  ['no stream', put('a'), 'InvalidArgumentException'],
  ['a partition key of 257 characters', { StreamName, ...put('k'.repeat(257)) }, 'ValidationException'],
  ['data beyond 1 MiB with its key', { StreamName, ...put('k', new Uint8Array(1024 * 1024)) }, 'ValidationException'],
])('refuses %s', async (_what, input, name) => {
  await expect(stack.client.send(new PutRecordCommand(input))).rejects.toMatchObject({ name });
});

it('refuses more than 500 records', async () => {
  const Records = Array.from({ length: 501 }, () => put('a'));
  const sent = stack.client.send(new PutRecordsCommand({ StreamName, Records }));
  await expect(sent).rejects.toMatchObject({ name: 'ValidationException' });
});
