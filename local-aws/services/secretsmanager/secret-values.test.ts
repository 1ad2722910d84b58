import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  type PutSecretValueCommandInput,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Kernel } from '../../kernel/kernel.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createKms } from '../kms/kms.service.ts';
import { createSecretsManager } from './secretsmanager.service.ts';

let folder: string;
let stack: TestStack;
let client: SecretsManagerClient;
let arn: string;

const SecretId = 'exchange/credentials';
const V2 = '22222222-2222-4222-8222-222222222222';
const V3 = '33333333-3333-4333-8333-333333333333';

const createKmsHere = (kernel: Kernel) => createKms(kernel, { rootKeyPath: join(folder, 'root-key') });

async function start(): Promise<void> {
  stack = await startTestStack([createKmsHere, createSecretsManager], { path: join(folder, 'state.sqlite') });
  client = new SecretsManagerClient(stack.clientConfig);
}

function apply(properties: Record<string, unknown>): string {
  const type = 'AWS::SecretsManager::Secret';
  const resource = stack.kernel.service('secretsmanager').resources?.[type];
  if (!resource) throw new Error(`no ${type}`);
  return resource.apply({ logicalId: 'Secret', type, properties }).ref;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  await start();
  arn = apply({ Name: SecretId, SecretString: 'one', Description: 'for the exchange', Tags: [] });
});
afterEach(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

const get = (input: object = {}) => client.send(new GetSecretValueCommand({ SecretId, ...input }));
const put = (ClientRequestToken: string, SecretString: string, input: Partial<PutSecretValueCommandInput> = {}) =>
  client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, ...input }));
const move = (input: object) =>
  client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSCURRENT', ...input }));

it('gives the current value, by name, ARN and partial ARN', async () => {
  expect(arn).toMatch(/^arn:aws:secretsmanager:sa-east-1:000000000000:secret:exchange\/credentials-[A-Za-z]{6}$/);
  for (const id of [SecretId, arn, arn.slice(0, -7)]) {
    expect(await get({ SecretId: id })).toMatchObject({
      ARN: arn,
      Name: SecretId,
      SecretString: 'one',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: new Date(stack.clock.nowMs()),
    });
  }
});

it('leaves the previous version behind the current one', async () => {
  const { VersionId: v1 } = await get();
  expect((await put(V2, 'two')).VersionStages).toEqual(['AWSCURRENT']);
  expect((await get()).SecretString).toBe('two');
  expect((await get({ VersionStage: 'AWSPREVIOUS' })).VersionId).toBe(v1);
  await put(V3, 'three');
  expect((await get({ VersionStage: 'AWSPREVIOUS' })).VersionId).toBe(V2);
  await expect(get({ VersionId: v1 })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('keeps a pending version until it is made current', async () => {
  const { VersionId: v1 = '' } = await get();
  await put(V2, 'two', { VersionStages: ['AWSPENDING'] });
  expect((await get()).SecretString).toBe('one');
  expect((await get({ VersionStage: 'AWSPENDING' })).SecretString).toBe('two');
  await expect(move({ MoveToVersionId: V2 })).rejects.toThrow("RemoveFromVersionId can't be empty");
  await move({ MoveToVersionId: V2, RemoveFromVersionId: v1 });
  expect((await get()).VersionStages).toEqual(['AWSCURRENT', 'AWSPENDING']);
  await move({ VersionStage: 'AWSPENDING', RemoveFromVersionId: V2 });
  const described = await client.send(new DescribeSecretCommand({ SecretId }));
  expect(described).toMatchObject({
    Description: 'for the exchange',
    VersionIdsToStages: { [V2]: ['AWSCURRENT'], [v1]: ['AWSPREVIOUS'] },
  });
  await move({ MoveToVersionId: v1, RemoveFromVersionId: V2 });
  expect(await get({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ VersionId: V2 });
});

it('takes the same request twice as one, and refuses another value under its token', async () => {
  await put(V2, 'two');
  await put(V3, 'three');
  await put(V2, 'two');
  expect((await get()).SecretString).toBe('three');
  await expect(put(V2, 'other')).rejects.toMatchObject({ name: 'ResourceExistsException' });
});

it('keeps binary values', async () => {
  const SecretBinary = Uint8Array.of(0, 1, 255);
  await client.send(new PutSecretValueCommand({ SecretId, SecretBinary }));
  const value = await get();
  expect(value.SecretBinary).toEqual(SecretBinary);
  expect(value.SecretString).toBeUndefined();
});

it('lists secrets by page', async () => {
  apply({ Name: 'bank', SecretString: 'x' });
  const first = await client.send(new ListSecretsCommand({ MaxResults: 1 }));
  expect(first.SecretList).toMatchObject([{ Name: 'bank' }]);
  const second = await client.send(new ListSecretsCommand({ MaxResults: 1, NextToken: first.NextToken }));
  expect(second).toMatchObject({ SecretList: [{ Name: SecretId, ARN: arn }] });
  expect(second.NextToken).toBeUndefined();
});

it.each<[string, () => Promise<unknown>, string]>([
  ['an unknown secret', () => get({ SecretId: 'none' }), 'ResourceNotFoundException'],
  ['an unknown label', () => get({ VersionStage: 'AWSPENDING' }), 'ResourceNotFoundException'],
  ['an unknown version', () => get({ VersionId: V3 }), 'ResourceNotFoundException'],
  [
    'label and version that disagree',
    () => get({ VersionId: V3, VersionStage: 'AWSCURRENT' }),
    'ResourceNotFoundException',
  ],
  ['no value', () => client.send(new PutSecretValueCommand({ SecretId })), 'InvalidParameterException'],
  ['over 64 KiB', () => put(V2, 'x'.repeat(65_537)), 'InvalidParameterException'],
  ['a short token', () => put('short', 'x'), 'InvalidParameterException'],
  ['a move to nowhere', () => move({}), 'InvalidParameterException'],
  ['a move to an unknown version', () => move({ MoveToVersionId: V3 }), 'ResourceNotFoundException'],
  ['a move from another version', () => move({ RemoveFromVersionId: V3 }), 'InvalidParameterException'],
])('refuses %s', async (_, call, name) => {
  await expect(call()).rejects.toMatchObject({ name });
});

it('keeps values and labels over a restart, and what was put since over the template', async () => {
  await put(V2, 'two');
  await stack.close();
  await start();
  expect(apply({ Name: SecretId, SecretString: 'one', Description: 'for the exchange', Tags: [] })).toBe(arn);
  expect((await get()).SecretString).toBe('two');
  apply({ Name: SecretId, SecretString: 'new', Description: 'for the exchange' });
  expect((await get()).SecretString).toBe('new');
  expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('two');
});

it('generates a value once', async () => {
  const GenerateSecretString = {
    SecretStringTemplate: '{"user":"broker"}',
    GenerateStringKey: 'password',
    ExcludePunctuation: true,
  };
  const value = async () =>
    (await get({ SecretId: apply({ Name: 'generated', GenerateSecretString }) })).SecretString ?? '';
  const first = await value();
  expect(JSON.parse(first)).toEqual({ user: 'broker', password: expect.stringMatching(/^[A-Za-z0-9]{32}$/) });
  expect(await value()).toBe(first);
});

it.each([
  ['from 1 to 65536 bytes', { SecretString: '' }],
  ['property ReplicaRegions', { ReplicaRegions: [] }],
  ['both SecretString and GenerateSecretString', { SecretString: 'x', GenerateSecretString: {} }],
  ['go together', { GenerateSecretString: { GenerateStringKey: 'password' } }],
  ['cannot be generated', { GenerateSecretString: { PasswordLength: 2 } }],
  ['GenerateSecretString.Colour', { GenerateSecretString: { Colour: 'red' } }],
])('refuses a resource: %s', (message, properties) => {
  expect(() => apply({ Name: 'other', ...properties })).toThrow(message);
});
