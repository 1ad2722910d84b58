import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servicePrincipal } from '../../kernel/principal.ts';
import { TEST_START_MS } from '../../testing/test-stack.ts';
import { type DynamoDbStack, key, startDynamoDbStack } from './testing/dynamodb-stack.ts';

interface StreamRecord {
  readonly eventName: string;
  readonly userIdentity?: unknown;
  readonly dynamodb: { readonly SequenceNumber: string; readonly [member: string]: unknown };
}

const HOUR_MS = 3_600_000;
const TableName = 'Orders';
const STREAM = { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } };

describe('streams', () => {
  let folder: string;
  let stack: DynamoDbStack;
  let streamArn: string;
  const start = async (startMs = TEST_START_MS) => {
    stack = await startDynamoDbStack({ path: join(folder, 'state.db'), startMs });
    const timeToLive = { TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } };
    streamArn = stack.table({ ...STREAM, ...timeToLive }).StreamArn as string;
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dynamodb-streams-'));
    await start();
  });
  afterEach(async () => {
    await stack.close();
    rmSync(folder, { recursive: true });
  });

  const call = (operation: string, input: unknown) =>
    stack.kernel.call('streams.dynamodb', operation, input, servicePrincipal('lambda.amazonaws.com', streamArn));
  const shardId = () =>
    (call('DescribeStream', { StreamArn: streamArn }) as { StreamDescription: { Shards: { ShardId: string }[] } })
      .StreamDescription.Shards[0]?.ShardId;
  const iterator = (ShardIteratorType: string, SequenceNumber?: string) =>
    call('GetShardIterator', { StreamArn: streamArn, ShardId: shardId(), ShardIteratorType, SequenceNumber }) as {
      ShardIterator: string;
    };
  /** As the wire has it. */
  const read = (from: { ShardIterator: string }, Limit?: number) =>
    JSON.parse(JSON.stringify(call('GetRecords', { ...from, Limit }))) as {
      Records: StreamRecord[];
      NextShardIterator: string;
    };
  const put = (pk: string, rest: object = {}) =>
    stack.client.send(new PutItemCommand({ TableName, Item: { ...key(pk), ...rest } }));

  it('tells what an item goes through, in order', async () => {
    await put('a', { v: { N: '1' } });
    await put('a', { v: { N: '2' } });
    await put('a', { v: { N: '2' } });
    await stack.client.send(new DeleteItemCommand({ TableName, Key: key('a') }));
    await stack.client.send(new DeleteItemCommand({ TableName, Key: key('a') }));
    const { Records } = read(iterator('TRIM_HORIZON'));
    expect(Records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(Records[1]).toMatchObject({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'sa-east-1',
      dynamodb: {
        ApproximateCreationDateTime: TEST_START_MS / 1000,
        Keys: key('a'),
        NewImage: { ...key('a'), v: { N: '2' } },
        OldImage: { ...key('a'), v: { N: '1' } },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(Records[0]?.dynamodb).not.toHaveProperty('OldImage');
    expect(Records[2]?.dynamodb).not.toHaveProperty('NewImage');
  });

  it('wakes whoever waits for it', async () => {
    let woken = 0;
    stack.kernel.signals.watch(streamArn, () => woken++);
    await put('a');
    expect(woken).toBe(1);
  });

  it('goes on after a sequence number, also after a restart', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk);
    const first = read(iterator('TRIM_HORIZON'), 1);
    const latest = iterator('LATEST');
    const checkpoint = first.Records[0]?.dynamodb.SequenceNumber;
    await stack.close();
    await start();
    await put('d');
    const names = (records: StreamRecord[]) =>
      records.map(({ dynamodb }) => (dynamodb.Keys as { pk: { S: string } }).pk.S);
    expect(names(read(iterator('AFTER_SEQUENCE_NUMBER', checkpoint)).Records)).toEqual(['b', 'c', 'd']);
    expect(names(read(iterator('AT_SEQUENCE_NUMBER', checkpoint)).Records)).toEqual(['a', 'b', 'c', 'd']);
    expect(names(read({ ShardIterator: first.NextShardIterator }).Records)).toEqual(['b', 'c', 'd']);
    expect(names(read(latest).Records)).toEqual(['d']);
  });

  it('keeps records for 24 hours, and numbers for ever', async () => {
    await put('a');
    const last = read(iterator('TRIM_HORIZON')).Records[0]?.dynamodb.SequenceNumber as string;
    await stack.advance(24 * HOUR_MS);
    expect(read(iterator('TRIM_HORIZON')).Records).toEqual([]);
    await stack.close();
    await start(TEST_START_MS + 25 * HOUR_MS);
    await put('b');
    const [record] = read(iterator('TRIM_HORIZON')).Records;
    expect((record?.dynamodb.SequenceNumber ?? '') > last).toBe(true);
  });

  it('marks what time to live removes', async () => {
    await put('a', { expires: { N: String(TEST_START_MS / 1000 + 90) } });
    await put('b', { expires: { N: String(TEST_START_MS / 1000 + 7200) } });
    await stack.advance(3 * 60_000);
    const removed = read(iterator('TRIM_HORIZON')).Records.filter(({ eventName }) => eventName === 'REMOVE');
    expect(removed).toHaveLength(1);
    expect(removed[0]).toMatchObject({
      dynamodb: { Keys: key('a') },
      userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
    });
  });

  it('lets an iterator expire after 15 minutes', async () => {
    const old = iterator('LATEST');
    await stack.advance(15 * 60_000 + 1);
    expect(() => read(old)).toThrow(expect.objectContaining({ code: 'ExpiredIteratorException' }));
  });
});
