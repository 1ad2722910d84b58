import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { BUCKET, startBucket } from './testing/bucket.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function bucket(properties: Record<string, unknown>) {
  const stack = await startBucket(properties);
  closing.push(stack.close);
  const { client } = stack;
  const Bucket = BUCKET;
  return {
    ...stack,
    put: (Key: string, Body: string, rest = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body, ...rest })),
    read: async (Key: string, VersionId?: string) =>
      (await client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString(),
    remove: (Key: string, VersionId?: string) => client.send(new DeleteObjectCommand({ Bucket, Key, VersionId })),
    versions: (rest = {}) => client.send(new ListObjectVersionsCommand({ Bucket, ...rest })),
    keys: async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      return Contents.map(({ Key }) => Key);
    },
  };
}

const VERSIONED = { VersioningConfiguration: { Status: 'Enabled' } };

describe('with versioning', () => {
  it('every put is a version, and a delete hides them', async () => {
    const { put, read, remove, versions, keys } = await bucket(VERSIONED);
    const first = (await put('k', '1')).VersionId;
    const second = (await put('k', '2')).VersionId;
    expect(await Promise.all([read('k'), read('k', first), read('k', second)])).toEqual(['2', '1', '2']);

    const marker = await remove('k');
    expect(marker.DeleteMarker).toBe(true);
    await expect(read('k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(read('k', marker.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect(await keys()).toEqual([]);
    const { Versions = [], DeleteMarkers = [] } = await versions();
    expect(Versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [second, false],
      [first, false],
    ]);
    expect(DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);

    await remove('k', marker.VersionId);
    expect(await read('k')).toBe('2');
    await remove('k', second);
    expect(await read('k')).toBe('1');
  });

  it('lists versions by pages', async () => {
    const { put, versions } = await bucket(VERSIONED);
    const ids: unknown[] = [];
    for (const key of ['a', 'b', 'b']) ids.push((await put(key, 'x')).VersionId);
    const first = await versions({ MaxKeys: 2 });
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = first;
    const second = await versions({ KeyMarker, VersionIdMarker });
    const listed = [first, second].flatMap(({ Versions = [] }) => Versions.map(({ VersionId }) => VersionId));
    expect(listed).toEqual([ids[0], ids[2], ids[1]]);
    expect(second.IsTruncated).toBe(false);
  });

  it('a conditional put sees a deleted object as none', async () => {
    const { put, remove } = await bucket(VERSIONED);
    await put('k', '1');
    await remove('k');
    expect((await put('k', '2', { IfNoneMatch: '*' })).VersionId).toBeDefined();
  });

  it('a suspended bucket overwrites its null version and keeps the others', async () => {
    const { put, read } = await bucket({ VersioningConfiguration: { Status: 'Suspended' } });
    await put('k', '1');
    await put('k', '2');
    expect(await read('k', 'null')).toBe('2');
  });
});

describe('without versioning', () => {
  it('a delete is for good, and deleting nothing is no error', async () => {
    const { put, remove, versions } = await bucket({});
    await put('k', '1');
    expect((await remove('k')).DeleteMarker).toBeUndefined();
    await remove('k');
    expect((await versions()).Versions).toBeUndefined();
  });

  it('DeleteObjects takes many keys, and tells what it did unless quiet', async () => {
    const { client, put, keys } = await bucket({});
    for (const key of ['a', 'b', 'c&d', 'e']) await put(key, 'x');
    const remove = (names: string[], Quiet: boolean) => {
      const Delete = { Objects: names.map((Key) => ({ Key })), Quiet };
      return client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete }));
    };
    expect((await remove(['a', 'c&d'], false)).Deleted).toEqual([{ Key: 'a' }, { Key: 'c&d' }]);
    expect((await remove(['b'], true)).Deleted).toBeUndefined();
    expect(await keys()).toEqual(['e']);
  });
});

describe('Object Lock', () => {
  const LOCKED = {
    ObjectLockEnabled: true,
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2 } },
    },
  };
  const DAY_MS = 86_400_000;

  it('keeps each version until its date, which a put may set', async () => {
    const { put, remove, read, advance, clock, client } = await bucket(LOCKED);
    const plain = (await put('plain', '1')).VersionId;
    const until = new Date(clock.nowMs() + 5 * DAY_MS);
    const long = (await put('long', '1', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until })).VersionId;
    const read5 = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'long' }));
    expect(read5).toMatchObject({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until });

    await expect(remove('plain', plain)).rejects.toMatchObject({ name: 'AccessDenied' });
    await remove('plain');
    expect(await read('plain', plain)).toBe('1');
    await advance(2 * DAY_MS);
    await remove('plain', plain);
    await expect(read('plain', plain)).rejects.toMatchObject({ name: 'NoSuchVersion' });
    await expect(remove('long', long)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['GOVERNANCE', true],
    ['COMPLIANCE', false],
  ] as const)('an administrator’s bypass of %s: %s', async (Mode, isLifted) => {
    const { put, client } = await bucket({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode, Years: 5 } } },
    });
    const VersionId = (await put('k', '1')).VersionId as string;
    const plain = { Bucket: BUCKET, Key: 'k', VersionId };
    const removed = async (input: object) =>
      client.send(new DeleteObjectCommand({ ...plain, ...input })).then(
        () => true,
        (error: Error) => (error.name === 'AccessDenied' ? false : Promise.reject(error)),
      );
    expect(await removed({})).toBe(false);
    expect(await removed({ BypassGovernanceRetention: true })).toBe(isLifted);
  });
});

describe('lifecycle', () => {
  const DAY_MS = 86_400_000;

  it('moves and expires what is under its prefix at midnight UTC', async () => {
    const rule = {
      Status: 'Enabled',
      Prefix: 'old/',
      ExpirationInDays: 3,
      Transitions: [{ TransitionInDays: 1, StorageClass: 'GLACIER' }],
    };
    const { put, keys, advance, client } = await bucket({ LifecycleConfiguration: { Rules: [rule] } });
    await put('old/a', 'x');
    await put('new/a', 'x');
    await advance(2 * DAY_MS);
    const read = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'old/a' }));
    expect(read.StorageClass).toBe('GLACIER');
    expect(await keys()).toEqual(['new/a', 'old/a']);
    await advance(2 * DAY_MS);
    expect(await keys()).toEqual(['new/a']);
  });

  it('removes versions that are no longer current', async () => {
    const rule = { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 1 } };
    const { put, versions, advance } = await bucket({ ...VERSIONED, LifecycleConfiguration: { Rules: [rule] } });
    await put('k', '1');
    await advance(5 * DAY_MS);
    const last = (await put('k', '2')).VersionId;
    await advance(DAY_MS);
    expect((await versions()).Versions).toHaveLength(2);
    await advance(DAY_MS);
    expect((await versions()).Versions).toMatchObject([{ VersionId: last }]);
  });
});
