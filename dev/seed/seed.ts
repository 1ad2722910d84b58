/**
 * Fills a fresh stack: credentials of exchange and bank, instruments, demo clients. Run again, it changes nothing. It speaks the AWS API at
 * `AWS_ENDPOINT_URL` and knows nothing of what answers there.
 */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { bankCredentials, exchangeCredentials } from '@brokerage/simulators/credentials';
import { DEMO_CLIENTS } from './demo-clients.ts';
import { openAccount } from './open-account.ts';
import { seedTools } from './seed-tools.ts';

const options = {
  region: process.env.AWS_REGION ?? 'sa-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

async function seed(nowMs: number): Promise<void> {
  await storeCredentials();
  await copyInstruments();
  const tools = await seedTools(options, nowMs);
  for (const client of DEMO_CLIENTS) await openAccount(tools, client);
}

async function storeCredentials(): Promise<void> {
  const secrets = new SecretsManagerClient(options);
  const put = (SecretId: string, credentials: object) =>
    secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(credentials) }));
  await put('exchange-credentials', exchangeCredentials(process.env));
  await put('bank-credentials', bankCredentials(process.env));
}

async function copyInstruments(): Promise<void> {
  const { FunctionError, Payload } = await new LambdaClient(options).send(
    new InvokeCommand({ FunctionName: 'sync-instruments' }),
  );
  if (FunctionError) throw new Error(`sync-instruments failed: ${Buffer.from(Payload ?? []).toString()}`);
}

await seed(Number(process.env.SEED_NOW_MS ?? Date.now()));
