import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_START_MS } from '../../testing/test-stack.ts';
import { BUCKET, startBucket } from './testing/bucket.ts';

let stack: Awaited<ReturnType<typeof startBucket>>;
beforeAll(async () => {
  stack = await startBucket();
  await put('there', 'x');
});
afterAll(() => stack.close());

const put = (Key: string, Body: string, rest = {}) =>
  stack.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...rest }));

const ETAG = '"9dd4e461268c8034f5c8564e155c67a6"';
const before = new Date(TEST_START_MS - 1000);
const same = new Date(TEST_START_MS);

describe('reads', () => {
  const cases: [string, Record<string, unknown>, number][] = [
    ['If-Match holds', { IfMatch: ETAG }, 200],
    ['If-Match fails', { IfMatch: '"other"' }, 412],
    ['If-None-Match holds', { IfNoneMatch: '"other"' }, 200],
    ['If-None-Match fails', { IfNoneMatch: ETAG }, 304],
    ['If-Modified-Since holds', { IfModifiedSince: before }, 200],
    ['If-Modified-Since fails', { IfModifiedSince: same }, 304],
    ['If-Unmodified-Since holds', { IfUnmodifiedSince: same }, 200],
    ['If-Unmodified-Since fails', { IfUnmodifiedSince: before }, 412],
    ['If-Match outranks If-Unmodified-Since', { IfMatch: ETAG, IfUnmodifiedSince: before }, 200],
    ['If-None-Match outranks If-Modified-Since', { IfNoneMatch: ETAG, IfModifiedSince: before }, 304],
  ];
  it.each(cases)('%s', async (_name, conditions, status) => {
    for (const Command of [GetObjectCommand, HeadObjectCommand]) {
      const answer = stack.client.send(
        new Command({ Bucket: BUCKET, Key: 'there', ...conditions }) as GetObjectCommand,
      );
      const metadata = await answer.then(
        (output) => output.$metadata,
        (error) => error.$metadata,
      );
      expect(metadata.httpStatusCode).toBe(status);
    }
  });
});

describe('writes', () => {
  it('If-None-Match: * lets the first of two through', async () => {
    const results = await Promise.allSettled([1, 2].map((n) => put('once', String(n), { IfNoneMatch: '*' })));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'PreconditionFailed' },
    });
  });

  const refusals: [string, string, Record<string, unknown>, string][] = [
    ['If-Match of another version', 'there', { IfMatch: '"other"' }, 'PreconditionFailed'],
    ['If-Match of nothing', 'absent', { IfMatch: ETAG }, 'NoSuchKey'],
    ['If-None-Match of a tag', 'there', { IfNoneMatch: ETAG }, 'NotImplemented'],
  ];
  it.each(refusals)('%s is refused', async (_name, key, conditions, name) => {
    await expect(put(key, 'y', conditions)).rejects.toMatchObject({ name });
  });

  it('If-Match of the current version replaces it', async () => {
    const { ETag } = await put('swap', '1');
    await put('swap', '2', { IfMatch: ETag });
    await expect(put('swap', '3', { IfMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });
});
