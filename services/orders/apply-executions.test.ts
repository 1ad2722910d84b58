import { describe, expect } from 'vitest';
import { test } from './testing/desk-test.ts';

describe('execution reports', () => {
  test('of a resting order are booked, and told twice change nothing', async ({ desk }) => {
    const id = await desk.execute();
    const trade = desk.exchange.trade(id, 60, 3001);
    expect(await desk.deliver([trade], [trade])).toEqual(new Map());
    expect(await desk.order(id)).toMatchObject({ status: 'PARTIALLY_FILLED', filledQuantity: 60, version: 4 });
    desk.tables.calls.length = 0;
    await desk.deliver([trade]);
    expect(desk.tables.calls).toEqual(['batchGet']);
  });

  test('in any order end the same', async ({ desk }) => {
    const id = await desk.execute({ quantity: 300 });
    const trades = [100, 100, 100].map((quantity, index) => desk.exchange.trade(id, quantity, 3001 + index));
    for (const trade of trades.toReversed()) await desk.deliver([trade]);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', filledQuantity: 300, blockedCents: 0 });
  });

  test('of one trade between two of our clients fill both orders under one ExecID', async ({ desk }) => {
    const buy = await desk.execute();
    const sell = await desk.execute({ side: 'SELL' }, 'bruno');
    const reports = [desk.exchange.trade(buy, 100, 3025, 'T1'), desk.exchange.trade(sell, 100, 3025, 'T1')];
    await desk.deliver(reports);
    for (const id of [buy, sell]) {
      expect(await desk.order(id)).toMatchObject({ status: 'FILLED', executionIds: ['T1'] });
    }
  });

  test('more than a transaction takes are booked in several', async ({ desk }) => {
    const id = await desk.execute({ side: 'SELL', quantity: 500, limitPrice: '30.00' }, 'bruno');
    const reports = Array.from({ length: 50 }, () => desk.exchange.trade(id, 10, 3001));
    await desk.deliver(reports);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', filledQuantity: 500, version: 6 });
    expect(desk.holdings('bruno')).toMatchObject({ freeQuantity: 500, priceCostCents: 1_500_000 });
  });

  test('that announce fills nobody told are completed by asking the exchange', async ({ desk }) => {
    const id = await desk.execute();
    desk.exchange.trade(id, 40, 3001);
    const second = desk.exchange.trade(id, 60, 3002);
    await desk.deliver([second]);
    expect(await desk.order(id)).toMatchObject({ filledQuantity: 60, announcedQuantity: 100 });
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', filledQuantity: 100 });
  });

  test('that end an order keep what missing fills need until those are booked', async ({ desk }) => {
    const id = await desk.execute();
    desk.exchange.trade(id, 40, 3001);
    const canceled = await desk.exchange.cancel({ clOrdId: `${id}.C9`, origClOrdId: id });
    if (canceled.kind !== 'answered') throw new Error(canceled.kind);
    await desk.deliver(canceled.answer.executions);
    expect(await desk.order(id)).toMatchObject({ status: 'NEW', exchangeState: 'CANCELED', announcedQuantity: 40 });
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(await desk.order(id)).toMatchObject({ status: 'CANCELED', filledQuantity: 40, blockedCents: 0 });
  });

  test('of an order that is not ours go to suspense, once, with an alarm', async ({ desk }) => {
    await desk.exchange.sendOrder({
      clOrdId: 'ORD-STRANGE',
      account: 'nobody',
      symbol: 'PETR4',
      side: 'BUY',
      ordType: 'LIMIT',
      timeInForce: 'DAY',
      quantity: 100,
      priceCents: 3025,
    });
    const trade = desk.exchange.trade('ORD-STRANGE', 100, 3001, 'T7');
    await desk.deliver([trade]);
    await desk.deliver([trade]);
    expect(desk.tables.rows('Ledger')).toMatchObject([{ accountId: 'SUSPENSE', kind: 'SUSPENSE_TRADE' }]);
    expect(desk.suspended).toEqual(['T7']);
  });

  test('of one order that cannot be booked fail only the messages they came in', async ({ desk }) => {
    const good = await desk.execute();
    const unsent = await desk.place();
    const wrong = { ...desk.exchange.trade(good, 10, 3001), firstClOrdId: unsent, clOrdId: unsent };
    const failures = await desk.deliver([desk.exchange.trade(good, 20, 3001)], [wrong]);
    expect([...failures.keys()]).toEqual(['m1']);
    expect(await desk.order(good)).toMatchObject({ filledQuantity: 20 });
  });
});
