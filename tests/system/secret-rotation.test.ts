import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { OrderView } from '@brokerage/contracts/rest/orders';
import { exchangeCredentials } from '@brokerage/simulators/credentials';
import { afterAll, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { aLimitOrder } from './api-client.ts';
import { SimulatorPanel } from './simulator-panel.ts';
import { useStack } from './stack.ts';

const SecretId = 'exchange-credentials';
const ORDERS_A_PHASE = 20;

const stack = await useStack();
const { ana } = stack;
const secrets = new SecretsManagerClient({
  endpoint: `http://127.0.0.1:${stack.addresses.awsPort}`,
  region: 'sa-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
afterAll(() => secrets.destroy());

const placed: OrderView[] = [];

/** A client's orders one after the other, without a pause, until told to stop. Any that is not taken fails the test. */
async function placeWhile(goesOn: () => boolean): Promise<void> {
  for (let count = 0; count < ORDERS_A_PHASE || goesOn(); count++) {
    placed.push(await ana.place(aLimitOrder('BUY', 100, '30.25')));
  }
}

async function currentKey(): Promise<string> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return (JSON.parse(SecretString) as { apiKey: string }).apiKey;
}

async function rotate(): Promise<void> {
  const { VersionId = '' } = await secrets.send(new RotateSecretCommand({ SecretId }));
  await eventually(
    'the rotation is done',
    () => secrets.send(new DescribeSecretCommand({ SecretId })),
    ({ VersionIdsToStages = {} }) => VersionIdsToStages[VersionId]?.includes('AWSCURRENT') === true,
  );
}

it('orders flow while the exchange’s credentials are rotated, twice, without one failure', async () => {
  const before = await currentKey();
  await placeWhile(() => false);
  for (const _ of [1, 2]) {
    let isUnderWay = true;
    const rotation = rotate().finally(() => {
      isUnderWay = false;
    });
    await Promise.all([rotation, placeWhile(() => isUnderWay)]);
  }
  await placeWhile(() => false);

  expect(await currentKey()).not.toBe(before);
  const orders = await Promise.all(placed.map(({ orderId }) => ana.orderIn(orderId, 'FILLED')));
  expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(['FILLED']));
});

it('the exchange takes the new key and, for another day, the former ones', async () => {
  for (const apiKey of [await currentKey(), exchangeCredentials({}).apiKey]) {
    await new SimulatorPanel(stack.addresses.exchangePort, apiKey).call('GET', '/instruments');
  }
});

it('a day later the former keys are refused, and orders go on', async () => {
  await stack.advance('PT25H');
  const after = await ana.trade(aLimitOrder('BUY', 100, '30.25'));
  expect(after.status).toBe('FILLED');
  const stale = new SimulatorPanel(stack.addresses.exchangePort, exchangeCredentials({}).apiKey);
  await expect(stale.call('GET', '/instruments')).rejects.toThrow('401');
});
