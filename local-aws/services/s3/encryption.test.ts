import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createKms } from '../kms/kms.service.ts';
import { createS3 } from './s3.service.ts';
import { BUCKET, defineBucket } from './testing/bucket.ts';

const Body = 'recibo da ordem 42, conta ACC-1';
const LATER_MS = 300_000;

let folder: string;
let stack: TestStack;
let client: S3Client;
let keyArn: string;

async function start(bucketKey = true): Promise<void> {
  const rootKeyPath = join(folder, 'root-key');
  stack = await startTestStack([(kernel) => createKms(kernel, { rootKeyPath }), createS3], {
    path: join(folder, 'state.sqlite'),
  });
  client = new S3Client(stack.clientConfig);
  defineEncrypted({ Enabled: true }, bucketKey);
}

function defineEncrypted(keyProperties: Record<string, unknown>, BucketKeyEnabled: boolean): void {
  const key = { logicalId: 'Key', type: 'AWS::KMS::Key', properties: keyProperties };
  keyArn = stack.kernel.service('kms').resources?.['AWS::KMS::Key']?.apply(key).attributes.Arn as string;
  const ServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn };
  defineBucket(stack.kernel, {
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled, ServerSideEncryptionByDefault }] },
  });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 's3-encryption-'));
  await start();
});
afterEach(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

const put = (Key: string, input: object = {}) =>
  client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...input }));
const get = (Key: string, input: object = {}) => client.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...input }));
const read = async (Key: string, input: object = {}) => (await get(Key, input)).Body?.transformToString();
const kmsCalls = () =>
  stack.kernel.meter
    .read()
    .filter(({ service }) => service === 'kms')
    .map(({ operation, calls }) => [operation, calls]);

it('encrypts by the bucket’s key, says so, and gives back what was put', async () => {
  const told = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn, BucketKeyEnabled: true };
  expect(await put('a')).toMatchObject(told);
  expect(await get('a')).toMatchObject({ ...told, ContentLength: Buffer.byteLength(Body) });
  expect(await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a' }))).toMatchObject(told);
  expect(await read('a')).toBe(Body);
  expect(await read('a', { Range: 'bytes=10-15' })).toBe('ordem ');
});

it('copies what is encrypted', async () => {
  await put('a');
  await client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'b', CopySource: `${BUCKET}/a` }));
  expect(await read('b')).toBe(Body);
});

it('keeps no clear text in the state, and reads it after a restart', async () => {
  await put('a');
  await put('plain', { ServerSideEncryption: 'AES256', Body: 'marcador em claro' });
  await stack.close();
  const state = readFileSync(join(folder, 'state.sqlite'));
  expect([state.includes('recibo da ordem'), state.includes('marcador em claro')]).toEqual([false, true]);
  await start();
  expect(await read('a')).toBe(Body);
});

it('asks KMS once in a while with a bucket key', async () => {
  for (const key of ['a', 'b', 'c']) await put(key);
  for (const key of ['a', 'b', 'c']) await read(key);
  expect(kmsCalls()).toEqual([
    ['GenerateDataKey', 1],
    ['Decrypt', 1],
  ]);
  await stack.advance(LATER_MS);
  await put('d');
  await read('a');
  expect(kmsCalls()).toEqual([
    ['GenerateDataKey', 2],
    ['Decrypt', 2],
  ]);
});

it('asks KMS for each object without one', async () => {
  defineEncrypted({}, false);
  for (const key of ['a', 'b']) await put(key);
  for (const key of ['a', 'b', 'b']) expect(await read(key)).toBe(Body);
  expect(kmsCalls()).toEqual([
    ['GenerateDataKey', 2],
    ['Decrypt', 3],
  ]);
});

it('takes the encryption that a request names', async () => {
  const answer = await put('a', { ServerSideEncryption: 'aws:kms' });
  expect(answer.SSEKMSKeyId).toMatch(/^arn:aws:kms:/);
  expect(answer.SSEKMSKeyId).not.toBe(keyArn);
  expect(await put('b', { ServerSideEncryption: 'AES256' })).toMatchObject({ ServerSideEncryption: 'AES256' });
  expect([await read('a'), await read('b')]).toEqual([Body, Body]);
});

it.each<[string, object, string]>([
  ['an unknown key', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/none' }, 'KMS.NotFoundException'],
  ['a key without its algorithm', { SSEKMSKeyId: 'alias/none' }, 'InvalidArgument'],
  ['another algorithm', { ServerSideEncryption: 'aws:kms:dsse' }, 'NotImplemented'],
])('refuses %s', async (_, input, name) => {
  await expect(put('a', input)).rejects.toMatchObject({ name });
});

it('does not open under a disabled key', async () => {
  await put('a');
  defineEncrypted({ Enabled: false }, true);
  await expect(get('a')).rejects.toMatchObject({ name: 'KMS.DisabledException' });
});
