import { beforeAll, describe, expect, it } from 'vitest';
import { aLimitOrder } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, bruno } = stack;

/** Without makers the book holds our two clients alone: Ana buys what Bruno sells. */
beforeAll(() => stack.exchange.call('PUT', '/admin/market', { makers: false }));

describe('a trade between two of our clients', () => {
  it('fills both, under one execution id', async () => {
    const sale = await bruno.trade(aLimitOrder('SELL', 100, '30.00'));
    expect(sale.status).toBe('NEW');
    const purchase = await ana.trade(aLimitOrder('BUY', 100, '30.10'));
    expect(purchase).toMatchObject({ status: 'FILLED', averagePrice: '30.0000' });
    const sold = await bruno.orderIn(sale.orderId, 'FILLED');
    expect(sold.fills[0]?.executionId).toBe(purchase.fills[0]?.executionId);
    expect(await ana.position('PETR4')).toMatchObject({ quantity: 100 });
    expect(await bruno.position('PETR4')).toMatchObject({ quantity: 900, blockedQuantity: 0 });
  });

  it('fills in parts, each with its own share of the fees', async () => {
    const purchase = await ana.trade(aLimitOrder('BUY', 300, '30.01'));
    expect(purchase).toMatchObject({ status: 'NEW', blockedAmount: '9005.69' });
    await bruno.trade(aLimitOrder('SELL', 100, '30.01'));
    const first = await ana.orderWhen(purchase.orderId, 'has 100', ({ filledQuantity }) => filledQuantity === 100);
    expect(first).toMatchObject({ status: 'PARTIALLY_FILLED', remainingQuantity: 200, fees: { total: '0.89' } });
    await bruno.trade(aLimitOrder('SELL', 200, '30.01'));
    const whole = await ana.orderIn(purchase.orderId, 'FILLED');
    expect(whole.fills.map(({ quantity }) => quantity)).toEqual([100, 200]);
    expect(whole.fees).toMatchObject({ total: '2.69' });
    expect((await ana.account()).blocked).toBe('0.00');
  });

  it('ends what is left of an immediate order', async () => {
    await bruno.trade(aLimitOrder('SELL', 100, '30.02'));
    const ioc = await ana.trade(aLimitOrder('BUY', 200, '30.02', { timeInForce: 'IOC' }));
    expect(ioc).toMatchObject({
      status: 'CANCELED',
      filledQuantity: 100,
      remainingQuantity: 0,
      cancelReason: 'IOC_REMAINDER',
    });
    const fok = await ana.trade(aLimitOrder('BUY', 200, '30.02', { timeInForce: 'FOK' }));
    expect(fok).toMatchObject({ status: 'CANCELED', filledQuantity: 0, cancelReason: 'FOK_NOT_FILLED' });
    expect((await ana.account()).blocked).toBe('0.00');
  });

  it('does not let a client trade with itself', async () => {
    const resting = await bruno.trade(aLimitOrder('SELL', 100, '30.05'));
    expect(await bruno.trade(aLimitOrder('BUY', 100, '30.05'))).toMatchObject({
      status: 'CANCELED',
      cancelReason: 'SELF_TRADE',
    });
    expect((await bruno.cancel(resting.orderId)).status).toBe(202);
    await bruno.orderIn(resting.orderId, 'CANCELED');
  });
});

describe('an amendment', () => {
  it('that costs more blocks the difference, and one that costs less gives it back', async () => {
    const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '29.00'));
    const dearer = await ana.amend(orderId, { limitPrice: '29.50', quantity: 200 });
    expect(dearer.status).toBe(202);
    const replaced = await ana.orderWhen(
      orderId,
      'is amended',
      ({ status, quantity }) => status === 'NEW' && quantity === 200,
    );
    expect(replaced).toMatchObject({ limitPrice: '29.50', blockedAmount: '5901.76' });
    expect((await ana.account()).blocked).toBe('5901.76');
    await ana.amend(orderId, { quantity: 100, limitPrice: '28.00' });
    const cheaper = await ana.orderWhen(
      orderId,
      'is cheaper',
      ({ status, quantity }) => status === 'NEW' && quantity === 100,
    );
    expect(cheaper).toMatchObject({ limitPrice: '28.00', blockedAmount: '2800.83' });
    expect(cheaper.amendments).toMatchObject([
      { clOrdId: `${orderId}.2`, origClOrdId: orderId, quantity: 200, outcome: 'REPLACED' },
      { clOrdId: `${orderId}.3`, origClOrdId: `${orderId}.2`, quantity: 100, outcome: 'REPLACED' },
    ]);
    expect((await ana.account()).blocked).toBe('2800.83');
  });

  it('that crosses the book trades', async () => {
    const sale = await bruno.trade(aLimitOrder('SELL', 100, '30.20'));
    const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '29.00'));
    await ana.amend(orderId, { limitPrice: '30.20' });
    expect(await ana.orderIn(orderId, 'FILLED')).toMatchObject({ averagePrice: '30.2000', blockedAmount: '0.00' });
    await bruno.orderIn(sale.orderId, 'FILLED');
    await bruno.trade(aLimitOrder('BUY', 100, '30.00'));
    const asked = await ana.trade(aLimitOrder('SELL', 100, '31.00'));
    await ana.amend(asked.orderId, { limitPrice: '30.00' });
    expect(await ana.orderIn(asked.orderId, 'FILLED')).toMatchObject({ averagePrice: '30.0000' });
  });

  it.each<readonly [status: number, code: string | undefined, changes: object]>([
    [422, 'INVALID_LOT', { quantity: 150 }],
    [422, 'NOTHING_TO_CHANGE', { quantity: 100 }],
    [422, 'LIMIT_EXCEEDED', { quantity: 2_000_000 }],
    [422, 'INSUFFICIENT_FUNDS', { quantity: 100_000 }],
    [422, 'PRICE_OUT_OF_BAND', { limitPrice: '99.00' }],
    [400, undefined, { quantity: 0 }],
    [400, undefined, { limitPrice: '29.005' }],
    [400, undefined, {}],
    [400, undefined, { side: 'SELL' }],
  ])('is refused with %i %s, and the order stays', async (status, code, changes) => {
    const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '29.00'));
    const before = await ana.order(orderId);
    const refused = await ana.amend(orderId, changes);
    expect(refused.status).toBe(status);
    if (code) expect(refused.body.code).toBe(code);
    expect(await ana.order(orderId)).toEqual(before);
  });

  it('below what is filled is refused', async () => {
    await ana.request('DELETE', '/v1/orders');
    const { orderId } = await ana.trade(aLimitOrder('BUY', 300, '30.00'));
    await bruno.trade(aLimitOrder('SELL', 100, '30.00'));
    await ana.orderIn(orderId, 'PARTIALLY_FILLED');
    expect(await ana.amend(orderId, { quantity: 100 })).toMatchObject({
      status: 422,
      body: { code: 'QUANTITY_NOT_ABOVE_FILLED' },
    });
  });
});

describe('a cancel', () => {
  const cancelAll = () => ana.request<{ requested: string[]; refused: string[] }>('DELETE', '/v1/orders');

  it('frees what was not filled', async () => {
    await ana.request('DELETE', '/v1/orders');
    const { orderId } = await ana.trade(aLimitOrder('BUY', 300, '29.90'));
    await bruno.trade(aLimitOrder('SELL', 100, '29.90'));
    await ana.orderIn(orderId, 'PARTIALLY_FILLED');
    expect((await ana.cancel(orderId)).status).toBe(202);
    const ended = await ana.orderIn(orderId, 'CANCELED');
    expect(ended).toMatchObject({
      filledQuantity: 100,
      remainingQuantity: 0,
      blockedAmount: '0.00',
      cancelRequested: true,
    });
  });

  it('of an ended order is refused', async () => {
    const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '29.00', { timeInForce: 'IOC' }));
    expect(await ana.cancel(orderId)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_OPEN' } });
    expect(await ana.amend(orderId, { quantity: 200 })).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_OPEN' },
    });
  });

  it('of all takes all, those of this client alone', async () => {
    const others = await bruno.trade(aLimitOrder('SELL', 100, '33.00'));
    const own = await Promise.all(
      ['28.01', '28.02', '28.03'].map((price) => ana.trade(aLimitOrder('BUY', 100, price))),
    );
    const { status, body } = await cancelAll();
    expect(status).toBe(202);
    expect(body.requested).toEqual(expect.arrayContaining(own.map(({ orderId }) => orderId)));
    for (const { orderId } of own) await ana.orderIn(orderId, 'CANCELED');
    expect((await ana.account()).blocked).toBe('0.00');
    expect(await bruno.order(others.orderId)).toMatchObject({ status: 'NEW' });
  });
});

it('a cancel of all meets the client’s own cancel of one of them', async () => {
  const oldest = await ana.trade(aLimitOrder('BUY', 100, '28.00'));
  // Ten are asked for at once: the oldest comes after them.
  const others = await Promise.all(
    Array.from({ length: 10 }, (_none, index) => ana.trade(aLimitOrder('BUY', 100, `27.${10 + index}`))),
  );
  await stack.exchange.during({ fault: 'latency', ms: 1_500 }, async () => {
    const all = ana.request('DELETE', '/v1/orders');
    await ana.orderIn(others[0]!.orderId, 'PENDING_CANCEL');
    const [one, { status }] = await Promise.all([ana.cancel(oldest.orderId), all]);
    expect([one.status, status]).toEqual([202, 202]);
  });
  for (const { orderId } of [oldest, ...others]) await ana.orderIn(orderId, 'CANCELED');
});

describe('a stop order', () => {
  it('blocks at acceptance, waits, is triggered by a trade, and trades within its protection', async () => {
    const stop = await ana.trade({ symbol: 'PETR4', side: 'BUY', type: 'STOP', quantity: 100, stopPrice: '30.50' });
    expect(stop).toMatchObject({ status: 'NEW', triggeredAt: null, reservePrice: '32.02' });
    await bruno.request('DELETE', '/v1/orders');
    const triggering = await bruno.trade(aLimitOrder('SELL', 200, '30.60'));
    await ana.trade(aLimitOrder('BUY', 100, '30.60'));
    const filled = await ana.orderIn(stop.orderId, 'FILLED');
    expect(filled).toMatchObject({ averagePrice: '30.6000', triggeredAt: expect.any(String), blockedAmount: '0.00' });
    await bruno.orderIn(triggering.orderId, 'FILLED');
  });
});

it('leaves books that add up', () => stack.audit());
