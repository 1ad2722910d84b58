import { describe, expect, it } from 'vitest';
import { aLimitOrder } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, bruno, carla } = stack;

describe('the same key', () => {
  it('with the same order is answered with the first result, word for word', async () => {
    const order = aLimitOrder('BUY', 100, '30.25', { clientOrderId: 'twice' });
    const first = await ana.submit(order);
    await ana.orderIn(first.body.orderId, 'FILLED');
    const second = await ana.submit({ ...order, limitPrice: 30.25 });
    expect(second).toMatchObject({ status: 202, body: first.body });
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await ana.orders()).toHaveLength(1);
  });

  it('may come in the header as well', async () => {
    const send = () => ana.submit(aLimitOrder('BUY', 100, '29.00'), { 'Idempotency-Key': 'in-the-header' });
    const first = await send();
    expect(first.body.clientOrderId).toBe('in-the-header');
    expect((await send()).body.orderId).toBe(first.body.orderId);
  });

  it('with another order is refused', async () => {
    const answer = await ana.submit(aLimitOrder('BUY', 200, '30.25', { clientOrderId: 'twice' }));
    expect(answer).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  it('of another client is another key', async () => {
    const other = await bruno.trade(aLimitOrder('BUY', 100, '30.25', { clientOrderId: 'twice' }));
    expect(other).toMatchObject({ accountId: 'bruno', status: 'FILLED' });
  });

  it('fifty times at once makes one order', async () => {
    const order = aLimitOrder('BUY', 100, '30.25', { clientOrderId: 'fifty' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => ana.submit(order)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 202));
    expect(new Set(answers.map(({ body }) => body.orderId)).size).toBe(1);
    await ana.orderIn(answers[0]!.body.orderId, 'FILLED');
    expect((await ana.orders()).filter(({ clientOrderId }) => clientOrderId === 'fifty')).toHaveLength(1);
    expect(await ana.position('PETR4')).toMatchObject({ quantity: 200 });
  });

  it('is not needed: two orders without one are two orders', async () => {
    const [a, b] = await Promise.all([
      bruno.trade(aLimitOrder('SELL', 100, '29.00')),
      bruno.trade(aLimitOrder('SELL', 100, '29.00')),
    ]);
    expect(a.orderId).not.toBe(b.orderId);
    expect([a.status, b.status]).toEqual(['FILLED', 'FILLED']);
  });
});

it('keeps fifty orders of one client at once apart, though they share a balance', async () => {
  const before = await ana.account();
  const orders = await Promise.all(Array.from({ length: 50 }, () => ana.trade(aLimitOrder('BUY', 100, '30.50'))));
  expect(orders.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 'FILLED'));
  const cents = (text: string) => Math.round(Number(text) * 100);
  const spent = orders.reduce((sum, { fills }) => sum + fills.reduce((net, fill) => net + cents(fill.netAmount), 0), 0);
  const after = await ana.account();
  expect(cents(after.available)).toBe(cents(before.available) - spent);
  expect(cents(after.payable)).toBe(cents(before.payable) + spent);
  expect(after.blocked).toBe(before.blocked);
});

it('books each order once while transactions conflict and tables are throttled', async () => {
  const trade = async (index: number) => {
    const client = index % 2 === 0 ? ana : bruno;
    const order = index % 2 === 0 ? aLimitOrder('BUY', 100, '30.50') : aLimitOrder('SELL', 100, '29.00');
    return client.orderSettled((await client.place(order)).orderId, 40_000);
  };
  const faults = { transactionConflictProbability: 0.3, throttlingProbability: 0.05 };
  const ended = await stack.underAwsFaults(faults, () =>
    Promise.all(Array.from({ length: 10 }, (_, index) => trade(index))),
  );
  expect(ended.map(({ status, filledQuantity }) => ({ status, filledQuantity }))).toEqual(
    Array.from({ length: 10 }, () => ({ status: 'FILLED', filledQuantity: 100 })),
  );
});

it('lets 100 to 109 of 150 requests at once pass on the standard plan, and says when to come again', async () => {
  const startMs = performance.now();
  const answers = await Promise.all(Array.from({ length: 150 }, () => carla.request('GET', '/v1/account')));
  const passed = answers.filter(({ status }) => status === 200).length;
  expect(passed).toBeGreaterThanOrEqual(100);
  // The plan refills by 100 a minute, which counts where 150 requests take long.
  const refilled = Math.ceil((performance.now() - startMs) * (100 / 60_000));
  expect(passed).toBeLessThanOrEqual(Math.max(109, 100 + refilled));
  const refused = answers.filter(({ status }) => status !== 200);
  for (const { status, headers, body } of refused) {
    expect({ status, body }).toEqual({ status: 429, body: { message: 'Too Many Requests' } });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await ana.request('GET', '/v1/account')).status).toBe(200);
});

it('leaves books that add up', () => stack.audit());
