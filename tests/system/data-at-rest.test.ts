import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { DepositView } from '@brokerage/contracts/rest/accounts';
import { DEMO_CLIENTS } from '@brokerage/dev/seed/demo-clients';
import { bankCredentials, exchangeCredentials } from '@brokerage/simulators/credentials';
import { expect, it } from 'vitest';
import type { output } from 'zod';
import { eventually } from '../stack/eventually.ts';
import { aLimitOrder } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, carla } = stack;

const SECRETS: readonly string[] = [
  ...DEMO_CLIENTS.flatMap(({ cpf, apiKey }) => [apiKey, ...(cpf === null ? [] : [cpf])]),
  ...[exchangeCredentials({}), bankCredentials({})].flatMap(({ apiKey, webhookSecret }) => [apiKey, webhookSecret]),
];

/** What the brokerage's own state and logs hold; the simulators' files are foreign systems'. */
function bytesAtRest(): Buffer {
  const names = readdirSync(stack.addresses.dataDir).filter((name) => /^aws\.db(-wal)?$|\.log$/.test(name));
  expect(names).toContain('aws.db');
  return Buffer.concat(names.map((name) => readFileSync(join(stack.addresses.dataDir, name))));
}

it('moves money and shares, writes a receipt and archives', async () => {
  const deposit = await carla.request<output<typeof DepositView>>('POST', '/v1/deposits', { amount: '100.00' });
  expect(deposit.status).toBe(201);
  const path = `/v1/deposits/${deposit.body.txid}`;
  await eventually(
    'the deposit is paid',
    () => carla.request<output<typeof DepositView>>('GET', path),
    ({ body }) => body.status === 'PAID',
  );
  const withdrawal = await carla.request(
    'POST',
    '/v1/withdrawals',
    { amount: '10.00' },
    {
      headers: { 'Idempotency-Key': 'first' },
    },
  );
  expect(withdrawal.status).toBe(202);
  const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '30.25'));
  await eventually(
    'the receipt is there',
    () => ana.request('GET', `/v1/orders/${orderId}/receipt`),
    ({ status }) => status === 200,
  );
});

it('leaves no CPF, key or secret in clear, be it in the state or in a log', () => {
  const bytes = bytesAtRest();
  // What is no secret is found, so that the search finds.
  expect(bytes.includes('Accounts')).toBe(true);
  expect(SECRETS.length).toBeGreaterThan(10);
  expect(SECRETS.filter((secret) => bytes.includes(secret))).toEqual([]);
});

it('answers how objects are encrypted', async () => {
  const [order] = await ana.orders();
  const receipt = await stack.s3.send(new GetObjectCommand({ Bucket: 'receipts', Key: `${order?.orderId}.json` }));
  expect(receipt).toMatchObject({ ServerSideEncryption: 'aws:kms', BucketKeyEnabled: true });
});

it('asks KMS at most once for five orders', async () => {
  const ORDERS = 40;
  const meter = `http://127.0.0.1:${stack.addresses.awsPort}/_local/meter`;
  // Each environment's first order reads the credentials; from then on they are kept for five minutes.
  await placeAndEnd(10);
  await fetch(meter, { method: 'DELETE' });
  await placeAndEnd(ORDERS);
  const { calls } = (await (await fetch(meter)).json()) as { calls: { service: string; calls: number }[] };
  const countOf = (name: string) =>
    calls.filter(({ service }) => service === name).reduce((sum, call) => sum + call.calls, 0);
  expect(countOf('s3')).toBeGreaterThan(0);
  expect(countOf('kms')).toBeLessThanOrEqual(ORDERS / 5);
});

async function placeAndEnd(count: number): Promise<void> {
  for (let placed = 0; placed < count; placed++) await ana.trade(aLimitOrder('BUY', 100, '30.25'));
}
