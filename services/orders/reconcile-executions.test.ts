import { describe, expect } from 'vitest';
import { test } from './testing/desk-test.ts';

const NOTHING = { comparedReports: 0, behindOrders: 0 };

describe('the reconciler of reports', () => {
  test('finds a fill that the webhook lost, and the books take it', async ({ desk }) => {
    const id = await desk.execute();
    desk.exchange.trade(id, 100, 3001);
    desk.advance(60_000);
    expect(await desk.reconcile()).toEqual({ comparedReports: 2, behindOrders: 1 });
    await desk.applyQueued();
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', filledQuantity: 100 });
    expect(await desk.reconcile()).toEqual(NOTHING);
  });

  test('sends nothing of orders whose books have it all', async ({ desk }) => {
    desk.exchange.onEntry = [[100, 3001]];
    for (let index = 0; index < 3; index += 1) await desk.execute();
    desk.advance(60_000);
    expect(await desk.reconcile()).toEqual({ comparedReports: 6, behindOrders: 0 });
    expect(desk.executions.length).toBe(0);
  });

  test('waits for what may still be on its way', async ({ desk }) => {
    const id = await desk.execute();
    desk.advance(1);
    desk.exchange.trade(id, 100, 3001);
    desk.advance(59_999);
    expect(await desk.reconcile()).toEqual({ comparedReports: 1, behindOrders: 0 });
    desk.advance(1);
    expect(await desk.reconcile()).toEqual({ comparedReports: 1, behindOrders: 1 });
    await desk.applyQueued();
  });

  test('keeps its place while the exchange is away', async ({ desk }) => {
    const id = await desk.execute();
    desk.exchange.trade(id, 100, 3001);
    desk.advance(60_000);
    desk.exchange.mood = 'away';
    expect(await desk.reconcile()).toEqual(NOTHING);
    desk.exchange.mood = 'fine';
    expect(await desk.reconcile()).toMatchObject({ behindOrders: 1 });
    await desk.applyQueued();
  });

  test('keeps its place when the queue refuses', async ({ desk }) => {
    const id = await desk.execute();
    desk.exchange.trade(id, 100, 3001);
    desk.advance(60_000);
    desk.executions.isRefusing = true;
    await expect(desk.reconcile()).rejects.toThrow('SQS is away');
    desk.executions.isRefusing = false;
    expect(await desk.reconcile()).toMatchObject({ behindOrders: 1 });
    await desk.applyQueued();
  });

  test('of which two run at once moves its place once', async ({ desk }) => {
    const id = await desk.execute({ quantity: 1_000 });
    for (let trade = 0; trade < 600; trade += 1) desk.exchange.trade(id, 1, 3001);
    desk.advance(60_000);
    await Promise.all([desk.reconcile(), desk.reconcile()]);
    await desk.applyQueued();
    expect(await desk.order(id)).toMatchObject({ filledQuantity: 600 });
    expect(await desk.reconcile()).toEqual(NOTHING);
  });

  test('hands on what cannot be booked, and goes on behind it', async ({ desk }) => {
    const unsent = await desk.place();
    await desk.exchange.sendOrder({
      ...{ account: 'ana', symbol: 'PETR4', side: 'BUY', ordType: 'LIMIT', timeInForce: 'DAY' },
      ...{ clOrdId: unsent, quantity: 100, priceCents: 3025 },
    });
    desk.advance(60_000);
    expect(await desk.reconcile()).toEqual({ comparedReports: 1, behindOrders: 1 });
    expect((await desk.applyQueued()).size).toBe(1);
    expect(await desk.reconcile()).toEqual(NOTHING);
  });

  test('brings fills of orders that are not ours to suspense', async ({ desk }) => {
    const order = { account: 'nobody', symbol: 'PETR4', side: 'BUY', ordType: 'LIMIT', timeInForce: 'DAY' } as const;
    await desk.exchange.sendOrder({ ...order, clOrdId: 'ORD-STRANGE', quantity: 100, priceCents: 3025 });
    desk.exchange.trade('ORD-STRANGE', 100, 3001, 'T7');
    desk.advance(60_000);
    expect(await desk.reconcile()).toEqual({ comparedReports: 2, behindOrders: 1 });
    await desk.applyQueued();
    expect(desk.suspended).toEqual(['T7']);
  });
});
