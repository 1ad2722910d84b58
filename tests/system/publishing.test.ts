import { beforeAll, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { aLimitOrder } from './api-client.ts';
import { depthOf } from './queues.ts';
import { isFor } from './role-policies.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, operator } = stack;
const receiptOf = (orderId: string) => ana.request('GET', `/v1/orders/${orderId}/receipt`);
let orderId = '';
beforeAll(async () => {
  ({ orderId } = await ana.trade(aLimitOrder('BUY', 100, '30.25')));
  await eventually(
    'the receipt',
    () => receiptOf(orderId),
    ({ status }) => status === 200,
  );
});

it('an operator publishes the events of an order again, and its receipt stays as it is', async () => {
  const before = (await receiptOf(orderId)).body;
  const answer = await operator.request('POST', '/v1/ops/republish', { orderId });
  expect(answer).toMatchObject({ status: 200, body: { refused: 0 } });
  await stack.advance('PT5S');
  expect((await receiptOf(orderId)).body).toEqual(before);
});

it('events that were given up, after minutes without a topic, are read from the stream and published', async () => {
  await stack.withoutStatements('publish-events-role', isFor('sns:Publish'), async () => {
    const missed = await ana.trade(aLimitOrder('BUY', 100, '30.25'));
    expect((await receiptOf(missed.orderId)).status).toBe(404);
    const ask = () => receiptOf(missed.orderId);
    await stack.stepUntil('PT1M', 'the receipt', ask, ({ status }) => status === 200);
  });
  const depth = () => depthOf(stack.sqs, 'UnpublishedEvents');
  await stack.stepUntil('PT1M', 'nothing is left to publish', depth, (left) => left === 0);
  expect(await depthOf(stack.sqs, 'UnpublishedEventsDeadLetters')).toBe(0);
});

it('leaves books that add up', () => stack.audit());
