import { ListBucketsCommand, ListObjectsV2Command, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, startBucket } from './testing/bucket.ts';

const KEYS = [
  'a.txt',
  'audit/2026/01/1',
  'audit/2026/01/2',
  'audit/2026/02/1',
  'audit/x',
  'b&<c>',
  'ç',
  '\u{1F600}',
  '\uFF21',
];

let stack: Awaited<ReturnType<typeof startBucket>>;
beforeAll(async () => {
  stack = await startBucket();
  for (const Key of KEYS) await stack.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }));
});
afterAll(() => stack.close());

const list = (rest: Record<string, unknown>) =>
  stack.client.send(new ListObjectsV2Command({ Bucket: BUCKET, ...rest }));

describe('ListObjectsV2', () => {
  it('answers keys in the order of their UTF-8 bytes, with size and entity tag', async () => {
    const { Contents = [], KeyCount, IsTruncated } = await list({});
    const sorted = [...KEYS].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(Contents.map(({ Key }) => Key)).toEqual(sorted);
    expect(Contents[0]).toMatchObject({
      Size: 5,
      ETag: '"a5e54d1fd7bb69a228ef0dcd2431367e"',
      StorageClass: 'STANDARD',
    });
    expect({ KeyCount, IsTruncated }).toEqual({ KeyCount: KEYS.length, IsTruncated: false });
  });

  const cases: [string, Record<string, unknown>, string[], string[]][] = [
    ['under a prefix', { Prefix: 'audit/2026/01/' }, ['audit/2026/01/1', 'audit/2026/01/2'], []],
    ['grouped by a delimiter', { Prefix: 'a', Delimiter: '/' }, ['a.txt'], ['audit/']],
    ['grouped under a prefix', { Prefix: 'audit/', Delimiter: '/' }, ['audit/x'], ['audit/2026/']],
    ['after a key', { StartAfter: 'audit/2026/02/1', Prefix: 'audit/' }, ['audit/x'], []],
    ['none', { Prefix: 'zzz' }, [], []],
    ['no key wanted', { MaxKeys: 0 }, [], []],
  ];
  it.each(cases)('%s', async (_name, request, keys, prefixes) => {
    const { Contents = [], CommonPrefixes = [] } = await list(request);
    expect(Contents.map(({ Key }) => Key)).toEqual(keys);
    expect(CommonPrefixes.map(({ Prefix }) => Prefix)).toEqual(prefixes);
  });

  it.each([{}, { Delimiter: '/' }])('pages without gaps or repetitions: %j', async (grouping) => {
    const whole = await list(grouping);
    const found: unknown[] = [];
    for await (const page of paginateListObjectsV2(
      { client: stack.client, pageSize: 1 },
      { Bucket: BUCKET, ...grouping },
    )) {
      expect(page.KeyCount).toBe(1);
      found.push(...(page.Contents ?? []), ...(page.CommonPrefixes ?? []));
    }
    const expected = [...(whole.Contents ?? []), ...(whole.CommonPrefixes ?? [])];
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('encodes keys when asked to', async () => {
    const { Contents } = await list({ Prefix: 'ç', EncodingType: 'url' });
    expect(Contents?.[0]?.Key).toBe('%C3%A7');
  });
});

it('ListBuckets answers the template’s buckets', async () => {
  const { Buckets } = await stack.client.send(new ListBucketsCommand({}));
  expect(Buckets).toEqual([{ Name: BUCKET, CreationDate: new Date(stack.clock.nowMs()) }]);
});
