import { orderId } from '@brokerage/domain/identifiers';
import { describe, expect } from 'vitest';
import { createSweepStore } from './dynamo-sweep-store.ts';
import { sweepShard } from './sweep-schedule.ts';
import { test } from './testing/desk-test.ts';

describe('the sweeper', () => {
  test('takes up an order only when it stands too long, and not again before its lease ends', async ({ desk }) => {
    await desk.place();
    desk.orders.takeAll();
    desk.advance(24_999);
    expect(await desk.sweep()).toBe(0);
    desk.advance(1);
    expect(await desk.sweep()).toBe(1);
    desk.advance(49_999);
    expect(await desk.sweep()).toBe(0);
    desk.advance(1);
    expect(await desk.sweep()).toBe(1);
    desk.advance(99_999);
    expect(await desk.sweep()).toBe(0);
  });

  test('claims each order once when two run at once', async ({ desk }) => {
    for (let index = 0; index < 20; index += 1) await desk.place();
    desk.orders.takeAll();
    desk.advance(25_000);
    const swept = await Promise.all([desk.sweep(), desk.sweep()]);
    expect(swept.reduce((sum, each) => sum + each, 0)).toBe(20);
    expect(desk.orders.length).toBe(20);
  });

  test('loses a claim on an order that has moved since the index showed it', async ({ desk }) => {
    const id = await desk.place();
    desk.advance(25_000);
    const store = createSweepStore(desk.tables, 'Orders');
    const [candidate] = await store.due(sweepShard(orderId(id)), desk.nowMs, 10);
    if (!candidate) throw new Error('nothing is due');
    await desk.runOrders();
    expect(await store.claim(candidate, desk.nowMs + 1)).toBe(false);
    expect(await desk.order(id)).toMatchObject({ status: 'NEW' });
  });

  test('hands an order that no saga could move to the resolver, which ends it', async ({ desk }) => {
    const id = await desk.place();
    for (let tries = 0; tries < 4; tries += 1) {
      desk.orders.takeAll();
      desk.advance(600_000);
      expect(await desk.sweep()).toBe(1);
    }
    expect(desk.orders.length).toBe(0);
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(await desk.order(id)).toMatchObject({ status: 'REJECTED', rejectReason: 'PROCESSING_FAILED' });
  });

  test('asks about an order that a crash left between exchange and books', async ({ desk }) => {
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.place();
    desk.exchange.beforeAnswer = async () => {
      throw new Error('the environment died');
    };
    await expect(desk.runOrders()).rejects.toThrow('died');
    desk.advance(25_000);
    expect(await desk.sweep()).toBe(1);
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED' });
  });

  test('leaves orders alone that rest or have ended', async ({ desk }) => {
    await desk.execute();
    desk.exchange.onEntry = [[100, 3001]];
    await desk.execute();
    desk.advance(3_600_000);
    expect(await desk.sweep()).toBe(0);
  });
});
