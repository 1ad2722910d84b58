import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestStack } from '../../testing/test-stack.ts';
import { defineAlias, defineKey, startKms } from './testing/kms-stack.ts';

const YEAR_MS = 366 * 86_400_000;
const context = { client: 'ACC-1', purpose: 'personal-data' };
const Plaintext = Buffer.from('123.456.789-09');

let stack: TestStack & { readonly client: KMSClient };
let KeyId: string;

beforeEach(async () => {
  stack = await startKms();
  KeyId = defineKey(stack.kernel, 'Data', { EnableKeyRotation: true });
  defineAlias(stack.kernel, 'alias/data', KeyId);
});
afterEach(() => stack.close());

const arn = () => stack.kernel.arn('kms', `key/${KeyId}`);
const encrypt = async (EncryptionContext: Record<string, string> = context) =>
  (await stack.client.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }))).CiphertextBlob as Uint8Array;
const decrypt = (CiphertextBlob: Uint8Array, input: object = {}) =>
  stack.client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context, ...input }));

it('gives back what it encrypted, and names the key', async () => {
  const blob = await encrypt();
  expect(Buffer.from(blob).includes(Plaintext)).toBe(false);
  const { purpose, client } = context;
  const { Plaintext: opened, ...rest } = await decrypt(blob, { EncryptionContext: { purpose, client } });
  expect(Buffer.from(opened as Uint8Array)).toEqual(Plaintext);
  expect(rest).toMatchObject({ KeyId: arn(), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
});

it('never gives the same ciphertext twice', async () => {
  expect(await encrypt()).not.toEqual(await encrypt());
});

it.each([
  ['id', () => KeyId],
  ['ARN', arn],
  ['alias', () => 'alias/data'],
  ['alias ARN', () => stack.kernel.arn('kms', 'alias/data')],
])('finds a key by its %s', async (_, id) => {
  await expect(decrypt(await encrypt(), { KeyId: id() })).resolves.toMatchObject({ KeyId: arn() });
});

it('gives data keys in clear and encrypted', async () => {
  const input = { KeyId: 'alias/data', KeySpec: 'AES_256', EncryptionContext: context } as const;
  const { Plaintext: dataKey, CiphertextBlob } = await stack.client.send(new GenerateDataKeyCommand(input));
  expect(dataKey).toHaveLength(32);
  expect((await decrypt(CiphertextBlob as Uint8Array)).Plaintext).toEqual(dataKey);
});

it('renews its material and still opens what the former encrypted', async () => {
  const former = await encrypt();
  await stack.advance(YEAR_MS);
  const later = await encrypt();
  const generation = (blob: Uint8Array) => Buffer.from(blob).readUInt32BE(17);
  expect([generation(former), generation(later)]).toEqual([0, 1]);
  for (const blob of [former, later]) {
    expect(Buffer.from((await decrypt(blob)).Plaintext as Uint8Array)).toEqual(Plaintext);
  }
});

it.each<[string, () => Promise<unknown>, string]>([
  ['another context', async () => decrypt(await encrypt({ client: 'ACC-2' })), 'InvalidCiphertextException'],
  ['a missing context', async () => decrypt(await encrypt(), { EncryptionContext: {} }), 'InvalidCiphertextException'],
  ['a changed bit', async () => decrypt(flipLastBit(await encrypt())), 'InvalidCiphertextException'],
  ['what it never made', () => decrypt(Buffer.alloc(80, 1)), 'InvalidCiphertextException'],
  ['a cut ciphertext', async () => decrypt((await encrypt()).slice(0, 22)), 'InvalidCiphertextException'],
  [
    'another key',
    async () => decrypt(await encrypt(), { KeyId: defineKey(stack.kernel, 'Other') }),
    'IncorrectKeyException',
  ],
  ['an unknown key', () => stack.client.send(new EncryptCommand({ KeyId: 'none', Plaintext })), 'NotFoundException'],
  [
    'an unknown alias',
    () => stack.client.send(new EncryptCommand({ KeyId: 'alias/none', Plaintext })),
    'NotFoundException',
  ],
  [
    'over 4,096 bytes',
    () => stack.client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(4_097) })),
    'ValidationException',
  ],
  [
    'nothing',
    () => stack.client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(0) })),
    'ValidationException',
  ],
  ['a data key of no size', () => stack.client.send(new GenerateDataKeyCommand({ KeyId })), 'ValidationException'],
  [
    'a disabled key',
    async () => {
      const blob = await encrypt();
      defineKey(stack.kernel, 'Data', { Enabled: false });
      return decrypt(blob);
    },
    'DisabledException',
  ],
  [
    'a key for codes',
    () => {
      const mac = defineKey(stack.kernel, 'Mac', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
      return stack.client.send(new EncryptCommand({ KeyId: mac, Plaintext }));
    },
    'InvalidKeyUsageException',
  ],
  [
    'a dry run',
    () => stack.client.send(new EncryptCommand({ KeyId, Plaintext, DryRun: true })),
    'NotSupportedByLocalAws',
  ],
])('refuses %s', async (_, call, name) => {
  await expect(call()).rejects.toMatchObject({ name });
});

it('keeps keys over a restart, wrapped by a root key that only its owner reads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kms-'));
  const options = { path: join(folder, 'state.sqlite'), rootKeyPath: join(folder, 'root.key') };
  const first = await startKms(options);
  const id = defineKey(first.kernel, 'Data');
  const { CiphertextBlob } = await first.client.send(new EncryptCommand({ KeyId: id, Plaintext }));
  await first.close();
  const second = await startKms(options);
  expect(defineKey(second.kernel, 'Data')).toBe(id);
  const { Plaintext: opened } = await second.client.send(new DecryptCommand({ CiphertextBlob }));
  expect(Buffer.from(opened as Uint8Array)).toEqual(Plaintext);
  await second.close();
  expect(statSync(options.rootKeyPath).mode & 0o777).toBe(0o600);
  expect(readFileSync(options.path).includes(Plaintext)).toBe(false);
  await expect(decryptUnder({ ...options, rootKeyPath: join(folder, 'other.key') }, CiphertextBlob)).rejects.toThrow();
  rmSync(folder, { recursive: true });
});

async function decryptUnder(
  options: { path: string; rootKeyPath: string },
  CiphertextBlob: Uint8Array | undefined,
): Promise<unknown> {
  const other = await startKms(options);
  try {
    return await other.client.send(new DecryptCommand({ CiphertextBlob }));
  } finally {
    await other.close();
  }
}

function flipLastBit(blob: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(blob);
  changed[changed.length - 1] = (changed.at(-1) as number) ^ 1;
  return changed;
}
