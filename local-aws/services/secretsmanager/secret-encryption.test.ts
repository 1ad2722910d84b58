import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createKms } from '../kms/kms.service.ts';
import { createSecretsManager } from './secretsmanager.service.ts';

const SecretId = 'bank-credentials';
let folder: string;
let stack: TestStack;
let client: SecretsManagerClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secret-encryption-'));
  stack = await startTestStack([(kernel) => createKms(kernel), createSecretsManager], {
    path: join(folder, 'state.sqlite'),
  });
  client = new SecretsManagerClient(stack.clientConfig);
});
afterEach(() => rmSync(folder, { recursive: true }));

function applied(service: string, type: string, properties: Record<string, unknown>) {
  const resource = stack.kernel.service(service).resources?.[type];
  if (!resource) throw new Error(`no ${type}`);
  return resource.apply({ logicalId: 'Resource', type, properties });
}

const key = (properties: Record<string, unknown> = {}) =>
  applied('kms', 'AWS::KMS::Key', properties).attributes.Arn as string;
const get = async () => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;

it('keeps no value in clear, neither one that was put nor one of the template', async () => {
  applied('secretsmanager', 'AWS::SecretsManager::Secret', { Name: SecretId, SecretString: 'segredo do modelo' });
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: 'segredo posto' }));
  expect(await get()).toBe('segredo posto');
  await stack.close();
  const state = readFileSync(join(folder, 'state.sqlite'));
  expect(state.includes(SecretId)).toBe(true);
  expect([state.includes('segredo do modelo'), state.includes('segredo posto')]).toEqual([false, false]);
});

it('opens no value under a disabled key', async () => {
  const properties = { Name: SecretId, SecretString: 'x', KmsKeyId: key() };
  applied('secretsmanager', 'AWS::SecretsManager::Secret', properties);
  expect(await get()).toBe('x');
  key({ Enabled: false });
  await expect(get()).rejects.toMatchObject({ name: 'DecryptionFailure' });
  await expect(client.send(new PutSecretValueCommand({ SecretId, SecretString: 'y' }))).rejects.toMatchObject({
    name: 'EncryptionFailure',
  });
  await stack.close();
});
