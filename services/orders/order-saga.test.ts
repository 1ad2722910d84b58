import { describe, expect } from 'vitest';
import type { OrderMessage } from './order-message.ts';
import { test } from './testing/desk-test.ts';
import type { OrderDesk } from './testing/order-desk.ts';

function messageOf(desk: OrderDesk): OrderMessage {
  const [message] = desk.orders.takeAll<OrderMessage>();
  if (!message) throw new Error('nothing was queued');
  return message;
}

describe('an order that is filled at once', () => {
  test('moves the money of the worked example, in four calls to the tables', async ({ desk }) => {
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.place();
    desk.tables.calls.length = 0;
    expect(await desk.runOrders()).toEqual(['DONE']);
    expect(desk.tables.calls).toEqual(['batchGet', 'transact', 'transact']);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', filledQuantity: 100, blockedCents: 0, version: 3 });
    expect(desk.holdings('ana')).toMatchObject({
      availableCents: 99_699_811,
      blockedCents: 0,
      payableCents: 300_189,
      freeQuantity: 100,
      priceCostCents: 300_100,
      totalCostCents: 300_189,
    });
  });

  test('of a sale takes the shares out at their cost, without reading the position again', async ({ desk }) => {
    desk.exchange.onEntry = [[100, 2999]];
    const id = await desk.place({ side: 'SELL', limitPrice: '29.99' }, 'bruno');
    desk.tables.calls.length = 0;
    await desk.runOrders();
    expect(desk.tables.calls).toEqual(['batchGet', 'transact', 'transact']);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED' });
    expect(desk.holdings('bruno')).toMatchObject({
      availableCents: 5_000_000,
      receivableCents: 299_812,
      freeQuantity: 900,
      blockedQuantity: 0,
      priceCostCents: 2_700_000,
    });
  });

  test('books a position that moved meanwhile from what it is now', async ({ desk }) => {
    desk.exchange.onEntry = [[100, 2999]];
    const first = await desk.place({ side: 'SELL', limitPrice: '29.99' }, 'bruno');
    const second = await desk.place({ side: 'SELL', limitPrice: '29.99' }, 'bruno');
    const [a, b] = desk.orders.takeAll<OrderMessage>() as [OrderMessage, OrderMessage];
    desk.exchange.beforeAnswer = async () => {
      await desk.saga(b);
    };
    await desk.saga(a);
    for (const id of [first, second]) expect(await desk.order(id)).toMatchObject({ status: 'FILLED' });
    expect(desk.holdings('bruno')).toMatchObject({ freeQuantity: 800, priceCostCents: 2_400_000 });
  });
});

describe('an order that ends otherwise', () => {
  test('rests, and holds its reserve', async ({ desk }) => {
    const id = await desk.execute();
    expect(await desk.order(id)).toMatchObject({ status: 'NEW', blockedCents: 302_589 });
    expect(desk.inDoubt.length).toBe(0);
    expect(desk.tables.rows('Orders').find((row) => row.orderId === id)).not.toHaveProperty('sweepShard');
  });

  test('has its IOC remainder cancelled and given back', async ({ desk }) => {
    desk.exchange.onEntry = [[40, 3000]];
    const id = await desk.execute({ timeInForce: 'IOC' });
    const order = await desk.order(id);
    expect(order).toMatchObject({
      status: 'CANCELED',
      cancelReason: 'IOC_REMAINDER',
      filledQuantity: 40,
      blockedCents: 0,
    });
  });

  test('is refused by the exchange and gets its money back', async ({ desk }) => {
    desk.exchange.refuseEntry = 'PRICE_OUT_OF_BAND';
    const id = await desk.execute();
    expect(await desk.order(id)).toMatchObject({
      status: 'REJECTED',
      rejectReason: 'PRICE_OUT_OF_BAND',
      rejectText: 'PRICE_OUT_OF_BAND',
    });
    expect(desk.holdings('ana')).toMatchObject({ availableCents: 100_000_000, blockedCents: 0 });
  });

  test.for([
    ['INSUFFICIENT_FUNDS', 'bruno', { quantity: 10_000 }],
    ['INSUFFICIENT_POSITION', 'ana', { side: 'SELL' }],
    ['PRICE_OUT_OF_BAND', 'ana', { limitPrice: '36.01' }],
    ['LIMIT_EXCEEDED', 'ana', { quantity: 2_000_000 }],
  ] as const)('is rejected with %s, and nothing is blocked or sent', async ([reason, account, fields], { desk }) => {
    const id = await desk.execute(fields, account);
    expect(await desk.order(id)).toMatchObject({ status: 'REJECTED', rejectReason: reason, version: 2 });
    expect(desk.exchange.received).toEqual([]);
    expect(desk.tables.rows('Ledger')).toEqual([]);
  });

  test('is rejected when another order took the money first', async ({ desk }) => {
    desk.addClient('carla', 400_000, 0);
    const first = await desk.place({}, 'carla');
    const second = await desk.place({}, 'carla');
    const [a, b] = desk.orders.takeAll<OrderMessage>() as [OrderMessage, OrderMessage];
    desk.tables.beforeTransact = async () => {
      await desk.saga(b);
    };
    await desk.saga(a);
    expect(await desk.order(first)).toMatchObject({ status: 'REJECTED', rejectReason: 'INSUFFICIENT_FUNDS' });
    expect(await desk.order(second)).toMatchObject({ status: 'NEW' });
  });

  test('is stale when a market order has waited a minute', async ({ desk }) => {
    const id = await desk.place({ type: 'MARKET', limitPrice: undefined });
    desk.advance(60_001);
    await desk.runOrders();
    expect(await desk.order(id)).toMatchObject({ status: 'REJECTED', rejectReason: 'ORDER_STALE' });
  });
});

describe('two sagas of one order', () => {
  test('at once, at any step, end as one', async ({ desk }) => {
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.place();
    const message = messageOf(desk);
    desk.tables.beforeTransact = async () => {
      await desk.saga(message);
    };
    await desk.saga(message);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', version: 3 });
    expect(desk.holdings('ana')).toMatchObject({ availableCents: 99_699_811, freeQuantity: 100 });
  });

  test('while the first waits for the exchange, send one ClOrdID and book its fills once', async ({ desk }) => {
    desk.exchange.onEntry = [[60, 3001]];
    const id = await desk.place();
    const message = messageOf(desk);
    desk.exchange.beforeAnswer = async () => {
      await desk.saga(message);
    };
    await desk.saga(message);
    expect(desk.exchange.received).toEqual([id, id]);
    expect(await desk.order(id)).toMatchObject({ status: 'PARTIALLY_FILLED', filledQuantity: 60, version: 3 });
  });

  test('after its end does nothing', async ({ desk }) => {
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.place();
    const message = messageOf(desk);
    await desk.saga(message);
    expect(await desk.saga(message)).toMatchObject({ outcome: 'DONE', status: 'FILLED' });
    expect(await desk.order(id)).toMatchObject({ version: 3 });
  });
});

describe('the webhook before the answer', () => {
  test('brings the fills; the answer then tells nothing new', async ({ desk }) => {
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.place();
    desk.exchange.beforeAnswer = async () => {
      await desk.deliver(desk.exchange.reportsOf(id));
    };
    expect(await desk.runOrders()).toEqual(['DONE']);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', version: 3 });
  });
});
