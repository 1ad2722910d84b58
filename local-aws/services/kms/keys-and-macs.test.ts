import {
  DescribeKeyCommand,
  GenerateMacCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  ScheduleKeyDeletionCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestStack } from '../../testing/test-stack.ts';
import { defineAlias, defineKey, startKms } from './testing/kms-stack.ts';

const MAC = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
const Message = Buffer.from('12345678909');
const MacAlgorithm = 'HMAC_SHA_256';

let stack: TestStack & { readonly client: KMSClient };

beforeEach(async () => {
  stack = await startKms();
});
afterEach(() => stack.close());

it('gives a message the same code always, and verifies it', async () => {
  const KeyId = defineKey(stack.kernel, 'Index', MAC);
  const mac = async () =>
    (await stack.client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm }))).Mac as Uint8Array;
  const Mac = await mac();
  expect(Mac).toHaveLength(32);
  expect(await mac()).toEqual(Mac);
  const verify = (input: object) =>
    stack.client.send(new VerifyMacCommand({ KeyId, Message, Mac, MacAlgorithm, ...input }));
  await expect(verify({})).resolves.toMatchObject({ MacValid: true });
  await expect(verify({ Message: Buffer.from('other') })).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
  await expect(verify({ Mac: Buffer.alloc(31) })).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
});

it('refuses codes by a key for encryption, and by another algorithm', async () => {
  const send = (KeyId: string, algorithm: 'HMAC_SHA_256' | 'HMAC_SHA_512') =>
    stack.client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm: algorithm }));
  await expect(send(defineKey(stack.kernel, 'Data'), MacAlgorithm)).rejects.toMatchObject({
    name: 'InvalidKeyUsageException',
  });
  await expect(send(defineKey(stack.kernel, 'Index', MAC), 'HMAC_SHA_512')).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

it('describes keys and tells their policy', async () => {
  const KeyPolicy = { Version: '2012-10-17', Statement: [] };
  const KeyId = defineKey(stack.kernel, 'Data', { Description: 'data', KeyPolicy, PendingWindowInDays: 30, Tags: [] });
  defineAlias(stack.kernel, 'alias/data', KeyId);
  const { KeyMetadata } = await stack.client.send(new DescribeKeyCommand({ KeyId: 'alias/data' }));
  expect(KeyMetadata).toMatchObject({
    KeyId,
    Description: 'data',
    KeyState: 'Enabled',
    KeyManager: 'CUSTOMER',
    KeyUsage: 'ENCRYPT_DECRYPT',
    CreationDate: new Date(stack.clock.nowMs()),
  });
  const { Policy } = await stack.client.send(new GetKeyPolicyCommand({ KeyId }));
  expect(JSON.parse(Policy ?? '')).toEqual(KeyPolicy);
});

it('has a key of AWS for each service that asks', async () => {
  const describe = async () =>
    (await stack.client.send(new DescribeKeyCommand({ KeyId: 'alias/aws/secretsmanager' }))).KeyMetadata;
  const first = await describe();
  expect(first).toMatchObject({ KeyManager: 'AWS' });
  expect(await describe()).toEqual(first);
});

it('refuses what it does not have', async () => {
  const KeyId = defineKey(stack.kernel, 'Data');
  await expect(stack.client.send(new ScheduleKeyDeletionCommand({ KeyId }))).rejects.toThrow(
    'kms:ScheduleKeyDeletion is not supported by local-aws',
  );
});

it.each<[string, Record<string, unknown>]>([
  ['KeySpec RSA_2048', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }],
  ['does not go with KeySpec HMAC_256', { KeySpec: 'HMAC_256' }],
  ['keys of HMAC_256 are not rotated', { ...MAC, EnableKeyRotation: true }],
  ['RotationPeriodInDays must be from 90 to 2560', { EnableKeyRotation: true, RotationPeriodInDays: 30 }],
  ['MultiRegion', { MultiRegion: true }],
  ['property Origin', { Origin: 'EXTERNAL' }],
])('refuses a key: %s', (message, properties) => {
  expect(() => defineKey(stack.kernel, 'Refused', properties)).toThrow(message);
});

it('refuses an alias that is AWS’s own', () => {
  const keyId = defineKey(stack.kernel, 'Data');
  expect(() => defineAlias(stack.kernel, 'alias/aws/s3', keyId)).toThrow('not valid');
});
