import { Readable } from 'node:stream';
import {
  ChecksumAlgorithm,
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_START_MS } from '../../testing/test-stack.ts';
import { BUCKET, startBucket } from './testing/bucket.ts';

let stack: Awaited<ReturnType<typeof startBucket>>;
beforeAll(async () => {
  stack = await startBucket();
});
afterAll(() => stack.close());

const put = (Key: string, Body: string, rest = {}) =>
  stack.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...rest }));
const get = (Key: string, rest = {}) => stack.client.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...rest }));

describe('an object', () => {
  it('comes back with its headers, metadata, entity tag and checksum', async () => {
    const stored = await put('recibos/ação 1+1.txt', 'olá', {
      ContentType: 'text/plain; charset=utf-8',
      ContentDisposition: 'attachment',
      CacheControl: 'no-store',
      Metadata: { orderid: 'ORD-1' },
    });
    expect(stored).toMatchObject({
      ETag: '"ab11fa17ff3337a200cb2714dbc2318c"',
      ChecksumCRC32: expect.any(String),
      ServerSideEncryption: 'AES256',
    });
    const read = await get('recibos/ação 1+1.txt');
    expect(await read.Body?.transformToString()).toBe('olá');
    expect(read).toMatchObject({
      ContentType: 'text/plain; charset=utf-8',
      ContentDisposition: 'attachment',
      CacheControl: 'no-store',
      ContentLength: 4,
      Metadata: { orderid: 'ORD-1' },
      ETag: stored.ETag,
      ChecksumCRC32: stored.ChecksumCRC32,
      LastModified: new Date(TEST_START_MS),
    });
    const head = await stack.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'recibos/ação 1+1.txt' }));
    expect(head).toMatchObject({ ContentLength: 4, ETag: stored.ETag, ContentType: 'text/plain; charset=utf-8' });
  });

  it('may come as a stream, in chunks with a trailing checksum', async () => {
    const parts = ['a'.repeat(70_000), 'b'.repeat(5)].map((part) => Buffer.from(part));
    const stored = await put('stream', '', {
      Body: Readable.from(parts),
      ContentLength: 70_005,
      ContentEncoding: 'identity',
    });
    expect(stored.ChecksumCRC32).toBeDefined();
    const read = await get('stream');
    expect(read.ContentEncoding).toBe('identity');
    expect(await read.Body?.transformToString()).toBe(Buffer.concat(parts).toString());
  });

  it('may be empty', async () => {
    await put('empty', '');
    expect(await (await get('empty')).Body?.transformToString()).toBe('');
  });

  it('is answered under other headers where the request asks for them', async () => {
    await put('plain', 'x');
    expect(await get('plain', { ResponseContentType: 'text/html' })).toMatchObject({ ContentType: 'text/html' });
  });

  it('is replaced by the next put', async () => {
    await put('twice', '1');
    await put('twice', '2');
    expect(await (await get('twice')).Body?.transformToString()).toBe('2');
  });

  it('is copied, with its metadata or with others', async () => {
    await put('source key', 'body', { Metadata: { a: '1' }, ContentType: 'text/plain' });
    const copy = (Key: string, rest = {}) => {
      const CopySource = `${BUCKET}/${encodeURIComponent('source key')}`;
      return stack.client.send(new CopyObjectCommand({ Bucket: BUCKET, Key, CopySource, ...rest }));
    };
    expect((await copy('copied')).CopyObjectResult?.ETag).toBe('"841a2d689ad86bd1611447453c22c6fc"');
    await copy('replaced', { MetadataDirective: 'REPLACE', Metadata: { b: '2' }, ContentType: 'text/html' });
    expect(await get('copied')).toMatchObject({ Metadata: { a: '1' }, ContentType: 'text/plain' });
    expect(await get('replaced')).toMatchObject({ Metadata: { b: '2' }, ContentType: 'text/html' });
    await expect(copy('source key')).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('is found by a bucket in the host too', async () => {
    const { port } = new URL(stack.endpoint);
    const client = new S3Client({ ...stack.clientConfig, endpoint: `http://localhost:${port}`, forcePathStyle: false });
    await put('hosted', 'x');
    client.middlewareStack.add(
      (next) => (call) => {
        const request = call.request as { hostname: string; headers: Record<string, string> };
        request.headers.host = `${request.hostname}:${port}`;
        request.hostname = '127.0.0.1';
        return next(call);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const read = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'hosted' }));
    expect(await read.Body?.transformToString()).toBe('x');
  });
});

describe('checksums', () => {
  const algorithms = [ChecksumAlgorithm.CRC32, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256];
  it.each(algorithms)('of %s, by the SDK, are verified and kept', async (ChecksumAlgorithm) => {
    const stored = await put('sum', '123456789', { ChecksumAlgorithm });
    const member = `Checksum${ChecksumAlgorithm}` as 'ChecksumCRC32';
    expect(stored[member]).toBeDefined();
    expect(await get('sum', { ChecksumMode: 'ENABLED' })).toMatchObject({ [member]: stored[member] });
  });

  // The check values of the algorithms' catalogue for "123456789".
  const known: [string, string][] = [
    ['ChecksumCRC32', 'cbf43926'],
    ['ChecksumCRC32C', 'e3069283'],
    ['ChecksumCRC64NVME', 'ae8b14860a799888'],
  ];
  it.each(known)('%s has its published value', async (member, hex) => {
    const value = Buffer.from(hex, 'hex').toString('base64');
    expect(await put('sum', '123456789', { [member]: value })).toMatchObject({ [member]: value });
    await expect(put('sum', '123456780', { [member]: value })).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('by Content-MD5 are verified', async () => {
    await expect(put('sum', 'x', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })).rejects.toMatchObject({
      name: 'BadDigest',
    });
  });
});

describe('ranges', () => {
  beforeAll(() => put('digits', '0123456789'));
  const cases: [string, string, string | undefined][] = [
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=8-', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=0-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=4-2', '0123456789', undefined],
    ['bytes=1-2,4-5', '0123456789', undefined],
  ];
  it.each(cases)('%s', async (Range, body, ContentRange) => {
    const read = await get('digits', { Range });
    expect(await read.Body?.transformToString()).toBe(body);
    expect(read.ContentRange).toBe(ContentRange);
    expect(read.$metadata.httpStatusCode).toBe(ContentRange === undefined ? 200 : 206);
  });

  it('outside the object are refused', async () => {
    await expect(get('digits', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });
});
