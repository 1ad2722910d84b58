import { describe, expect } from 'vitest';
import { getOrder } from './get-order.ts';
import { test } from './testing/desk-test.ts';
import { okBody } from './testing/order-desk.ts';

describe('submit', () => {
  test('writes one transaction and sends one message, the client being known', async ({ desk }) => {
    await desk.place();
    desk.orders.takeAll();
    desk.tables.calls.length = 0;
    const given = await desk.submit({ clientOrderId: 'my-1' });
    expect(given).toMatchObject({
      ok: true,
      body: { status: 'PENDING_NEW', clientOrderId: 'my-1', correlationId: 'corr-1', fills: [] },
      headers: { location: expect.stringMatching(/^\/v1\/orders\/ORD-/) },
    });
    expect(desk.tables.calls).toEqual(['transact']);
    expect(desk.orders.takeAll()).toEqual([
      { orderId: okBody(given).orderId, accountId: 'ana', isin: 'BRPETRACNPR6', correlationId: 'corr-1' },
    ]);
  });

  test('under the same key, fifty times at once, makes one order and gives one answer', async ({ desk }) => {
    const given = await Promise.all(Array.from({ length: 50 }, () => desk.submit({}, 'ana', 'key-1')));
    const bodies = given.map(okBody);
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    expect(desk.orders.length).toBe(1);
    expect(desk.tables.rows('Audit')).toHaveLength(1);
  });

  test('under the same key answers the first body even after the order has moved on', async ({ desk }) => {
    const first = okBody(await desk.submit({}, 'ana', 'key-1'));
    await desk.runOrders();
    expect(okBody(await desk.submit({ limitPrice: 30.25 }, 'ana', 'key-1'))).toEqual(first);
  });

  test('under the same key with another order is refused', async ({ desk }) => {
    await desk.submit({}, 'ana', 'key-1');
    expect(await desk.submit({ quantity: 200 }, 'ana', 'key-1')).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  test('under the same key of another account is another order', async ({ desk }) => {
    const mine = okBody(await desk.submit({}, 'ana', 'key-1'));
    const theirs = okBody(await desk.submit({}, 'bruno', 'key-1'));
    expect(theirs.orderId).not.toBe(mine.orderId);
  });

  test('by an invocation that runs twice makes one order', async ({ desk }) => {
    const first = okBody(await desk.submit({}, 'ana', null, 'api-7'));
    expect(okBody(await desk.submit({}, 'ana', null, 'api-7'))).toEqual(first);
  });

  test('is accepted though the queue is away; the sweeper brings it on', async ({ desk }) => {
    desk.orders.isRefusing = true;
    const { orderId } = okBody(await desk.submit());
    desk.orders.isRefusing = false;
    desk.advance(25_000);
    expect(await desk.sweep()).toBe(1);
    await desk.runOrders();
    expect(await desk.order(orderId)).toMatchObject({ status: 'NEW' });
  });

  test.for([
    ['UNKNOWN_SYMBOL', { symbol: 'XXXX3' }],
    ['INVALID_LOT', { quantity: 150 }],
    ['LIMIT_PRICE_REQUIRED', { limitPrice: undefined }],
    ['LIMIT_PRICE_NOT_ALLOWED', { type: 'MARKET' }],
    ['TIME_IN_FORCE_NOT_ALLOWED', { type: 'MARKET', limitPrice: undefined, timeInForce: 'GTC' }],
  ] as const)('is refused with %s and leaves no trace', async ([code, fields], { desk }) => {
    expect(await desk.submit(fields)).toMatchObject({ ok: false, code });
    expect(desk.tables.rows('Orders')).toEqual([]);
    expect(desk.orders.length).toBe(0);
  });
});

describe('reading', () => {
  test('shows an order with its fills to its owner only', async ({ desk }) => {
    desk.exchange.onEntry = [
      [60, 3001],
      [40, 3000],
    ];
    const id = await desk.execute();
    const shown = okBody(await getOrder(desk.store, 'ana', id));
    expect(shown).toMatchObject({ status: 'FILLED', averagePrice: '30.0060', fees: { total: '0.89' } });
    expect(shown.fills.map(({ netAmount }) => netAmount)).toEqual(['1801.13', '1200.36']);
    for (const [account, wanted] of [
      ['bruno', id],
      ['ana', 'ORD-NONE'],
      ['ana', `${id}.2`],
    ] as const) {
      expect(await getOrder(desk.store, account, wanted)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    }
  });
});
