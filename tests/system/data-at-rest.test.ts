import { GetObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { aLimitOrder } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana } = stack;

it('answers how objects are encrypted', async () => {
  const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '30.25'));
  await eventually(
    'the receipt is there',
    () => ana.request('GET', `/v1/orders/${orderId}/receipt`),
    ({ status }) => status === 200,
  );
  const receipt = await stack.s3.send(new GetObjectCommand({ Bucket: 'receipts', Key: `${orderId}.json` }));
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
