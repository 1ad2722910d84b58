import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  ListStreamsCommand,
  PutRecordCommand,
  SubscribeToShardCommand,
} from '@aws-sdk/client-kinesis';
import { afterEach, expect, it } from 'vitest';
import { bytes, type KinesisStack, startKinesis, text } from './testing/kinesis-stack.ts';

let stack: KinesisStack;
afterEach(() => stack.close());

const ARN = 'arn:aws:kinesis:sa-east-1:000000000000:stream/Ticks';

it('shares the hash keys out among the shards', async () => {
  stack = await startKinesis();
  expect(stack.stream('Ticks', { ShardCount: 4 })).toEqual({ ref: 'Ticks', attributes: { Arn: ARN } });
  const { Shards = [] } = await stack.client.send(new ListShardsCommand({ StreamARN: ARN }));
  expect(Shards.map(({ ShardId }) => ShardId)).toEqual([0, 1, 2, 3].map((shard) => `shardId-00000000000${shard}`));
  const ends = Shards.map(({ HashKeyRange }) => [HashKeyRange?.StartingHashKey, HashKeyRange?.EndingHashKey]);
  expect(ends).toEqual([
    ['0', '85070591730234615865843651857942052863'],
    ['85070591730234615865843651857942052864', '170141183460469231731687303715884105727'],
    ['170141183460469231731687303715884105728', '255211775190703847597530955573826158591'],
    ['255211775190703847597530955573826158592', '340282366920938463463374607431768211455'],
  ]);
});

it('describes a stream as the template has it', async () => {
  stack = await startKinesis();
  const StreamEncryption = { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' };
  stack.stream('Ticks', { ShardCount: 2, RetentionPeriodHours: 48, StreamEncryption, Tags: [] });
  stack.consumer({ StreamARN: ARN, ConsumerName: 'fast' });
  const { StreamDescription } = await stack.client.send(new DescribeStreamCommand({ StreamName: 'Ticks', Limit: 1 }));
  expect(StreamDescription).toMatchObject({
    StreamARN: ARN,
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
    RetentionPeriodHours: 48,
    EncryptionType: 'KMS',
    KeyId: 'alias/aws/kinesis',
    HasMoreShards: true,
    StreamCreationTimestamp: new Date(stack.clock.nowMs()),
  });
  expect(StreamDescription?.Shards).toHaveLength(1);
  const { StreamDescriptionSummary } = await stack.client.send(
    new DescribeStreamSummaryCommand({ StreamName: 'Ticks' }),
  );
  expect(StreamDescriptionSummary).toMatchObject({ OpenShardCount: 2, ConsumerCount: 1 });
});

it('lists streams and shards by pages', async () => {
  stack = await startKinesis();
  for (const name of ['B', 'A', 'C']) stack.stream(name, { ShardCount: 3 });
  const first = await stack.client.send(new ListStreamsCommand({ Limit: 2 }));
  expect(first).toMatchObject({ StreamNames: ['A', 'B'], HasMoreStreams: true });
  const rest = await stack.client.send(new ListStreamsCommand({ NextToken: first.NextToken }));
  expect(rest).toMatchObject({ StreamNames: ['C'], HasMoreStreams: false });
  const shards = await stack.client.send(new ListShardsCommand({ StreamName: 'A', MaxResults: 2 }));
  expect(shards.Shards).toHaveLength(2);
  const { Shards, NextToken } = await stack.client.send(new ListShardsCommand({ NextToken: shards.NextToken }));
  expect(Shards?.map(({ ShardId }) => ShardId)).toEqual(['shardId-000000000002']);
  expect(NextToken).toBeUndefined();
});

it('gives a stream on demand four shards', async () => {
  stack = await startKinesis();
  stack.stream('Ticks', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
  const { Shards } = await stack.client.send(new ListShardsCommand({ StreamName: 'Ticks' }));
  expect(Shards).toHaveLength(4);
});

it('names a consumer under its stream', async () => {
  stack = await startKinesis();
  stack.stream('Ticks');
  const { ref, attributes } = stack.consumer({ StreamARN: ARN, ConsumerName: 'fast' });
  expect(ref).toBe(`${ARN}/consumer/fast:${stack.clock.nowMs() / 1000}`);
  expect(attributes).toMatchObject({ ConsumerARN: ref, ConsumerName: 'fast', StreamARN: ARN });
  await stack.advance(5000);
  expect(stack.consumer({ StreamARN: ARN, ConsumerName: 'fast' }).ref).toBe(ref);
});

it('refuses to push records, by name', async () => {
  stack = await startKinesis();
  const subscription = new SubscribeToShardCommand({
    ConsumerARN: 'arn:aws:kinesis:sa-east-1:000000000000:stream/Ticks/consumer/fast:1',
    ShardId: 'shardId-000000000000',
    StartingPosition: { Type: 'LATEST' },
  });
  await expect(stack.client.send(subscription)).rejects.toThrow(
    'kinesis:SubscribeToShard is not supported by local-aws',
  );
});

it('outlives the process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinesis-'));
  const path = join(folder, 'stack.db');
  const put = (data: string) =>
    stack.client.send(new PutRecordCommand({ StreamName: 'Ticks', PartitionKey: 'k', Data: bytes(data) }));
  stack = await startKinesis({ path });
  stack.stream('Ticks');
  const before = await put('a');
  await stack.close();
  stack = await startKinesis({ path });
  stack.stream('Ticks');
  const after = await put('b');
  expect(BigInt(after.SequenceNumber ?? 0) > BigInt(before.SequenceNumber ?? 0)).toBe(true);
  const from = { StreamName: 'Ticks', ShardId: before.ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
  const { ShardIterator } = await stack.client.send(new GetShardIteratorCommand(from));
  const { Records } = await stack.client.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records?.map((record) => text(record.Data))).toEqual(['a', 'b']);
  rmSync(folder, { recursive: true });
});

it.each([
  ['an unknown property', { MaxRecordSizeInKiB: 2048 }, /property MaxRecordSizeInKiB of AWS::Kinesis::Stream/],
  ['a name of other characters', { Name: 'a stream' }, /Name a stream/],
  ['no shard', { ShardCount: 0 }, /ShardCount 0/],
  ['less than a day', { RetentionPeriodHours: 23 }, /RetentionPeriodHours 23/],
  ['another mode', { StreamModeDetails: { StreamMode: 'FREE' } }, /StreamMode FREE/],
  ['shards on demand', { ShardCount: 2, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }, /ShardCount/],
  ['encryption without a key', { StreamEncryption: { EncryptionType: 'KMS' } }, /StreamEncryption/],
])('refuses a stream with %s', async (_what, properties, message) => {
  stack = await startKinesis();
  expect(() => stack.stream('Ticks', properties)).toThrow(message);
});

it('refuses another number of shards for a stream that is there', async () => {
  stack = await startKinesis();
  stack.stream('Ticks', { ShardCount: 2 });
  expect(() => stack.stream('Ticks', { ShardCount: 4 })).toThrow(/ShardCount/);
});
