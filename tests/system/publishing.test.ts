import { beforeAll, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { aLimitOrder } from './api-client.ts';
import { depthOf } from './queues.ts';
import { isFor } from './role-policies.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, operator } = stack;
const receiptOf = (orderId: string) => ana.request('GET', `/v1/orders/${orderId}/receipt`);
const hasReceipt = (orderId: string) =>
  eventually(
    `the receipt of ${orderId}`,
    () => receiptOf(orderId),
    ({ status }) => status === 200,
  );

let orderId = '';
beforeAll(async () => {
  ({ orderId } = await ana.trade(aLimitOrder('BUY', 100, '30.25')));
  await hasReceipt(orderId);
});

it('an operator publishes the events of an order again, and its receipt stays as it is', async () => {
  const before = (await receiptOf(orderId)).body;
  const answer = await operator.request('POST', '/v1/ops/republish', { orderId });
  expect(answer).toMatchObject({ status: 200, body: { refused: 0 } });
  await stack.advance('PT5S');
  expect((await receiptOf(orderId)).body).toEqual(before);
});

it('events that were given up, after minutes without a topic, are read from the stream and published', async () => {
  const missed = await stack.withoutStatements('publish-events-role', isFor('sns:Publish'), async () => {
    const order = await ana.trade(aLimitOrder('BUY', 100, '30.25'));
    expect((await receiptOf(order.orderId)).status).toBe(404);
    await stack.advance('PT150S');
    return order;
  });
  await hasReceipt(missed.orderId);
  expect(await depthOf(stack.sqs, 'UnpublishedEvents')).toBe(0);
  expect(await depthOf(stack.sqs, 'UnpublishedEventsDeadLetters')).toBe(0);
});

it('leaves books that add up', () => stack.audit());
