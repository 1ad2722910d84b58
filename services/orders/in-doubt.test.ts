import { describe, expect } from 'vitest';
import { test } from './testing/desk-test.ts';

describe('an answer that never comes', () => {
  test('leaves the order in doubt with its money blocked; the resolver books what the exchange did', async ({
    desk,
  }) => {
    desk.exchange.mood = 'silent';
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.place();
    expect(await desk.runOrders()).toEqual(['IN_DOUBT']);
    expect(await desk.order(id)).toMatchObject({ status: 'PENDING_NEW', exchangeState: 'SENT', blockedCents: 302_589 });
    desk.exchange.mood = 'fine';
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', version: 3 });
  });

  test('is booked once when webhook and resolver both bring it', async ({ desk }) => {
    desk.exchange.mood = 'silent';
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.execute();
    desk.exchange.mood = 'fine';
    desk.tables.beforeTransact = async () => {
      await desk.deliver(desk.exchange.reportsOf(id));
    };
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', version: 3 });
  });

  test('of an order that never arrived: buried first, then rejected and the money back; a late arrival is refused', async ({
    desk,
  }) => {
    desk.exchange.mood = 'deaf';
    const id = await desk.execute();
    desk.exchange.mood = 'fine';
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(desk.exchange.received).toEqual([id, `${id}.C1`]);
    expect(await desk.order(id)).toMatchObject({
      status: 'REJECTED',
      rejectReason: 'PROCESSING_FAILED',
      blockedCents: 0,
    });
    const late = await desk.exchange.sendOrder({
      clOrdId: id,
      account: 'ana',
      symbol: 'PETR4',
      side: 'BUY',
      ordType: 'LIMIT',
      timeInForce: 'DAY',
      quantity: 100,
      priceCents: 3025,
    });
    if (late.kind !== 'answered') throw new Error(late.kind);
    expect(late.answer).toMatchObject({ ordStatus: 'REJECTED' });
    await desk.deliver(late.answer.executions);
    expect(await desk.order(id)).toMatchObject({ status: 'REJECTED', rejectReason: 'PROCESSING_FAILED' });
  });

  test('keeps its reason when the webhook tells of the burial before the resolver does', async ({ desk }) => {
    desk.exchange.mood = 'deaf';
    const id = await desk.execute();
    desk.exchange.mood = 'fine';
    const buried = await desk.exchange.cancel({ clOrdId: `${id}.C1`, origClOrdId: id });
    if (buried.kind !== 'answered') throw new Error(buried.kind);
    await desk.deliver(buried.answer.executions);
    expect(await desk.order(id)).toMatchObject({ status: 'REJECTED', rejectReason: 'PROCESSING_FAILED' });
    expect(await desk.resolve()).toEqual(['RESOLVED']);
  });

  test('while the exchange stays silent is asked about again and again, ever more rarely', async ({ desk }) => {
    desk.exchange.mood = 'silent';
    const id = await desk.execute();
    expect(await desk.resolve()).toEqual(['LATER']);
    expect(await desk.resolve()).toEqual(['LATER']);
    expect(desk.inDoubt.delaysSeconds).toEqual([2, 4, 8]);
    expect(await desk.order(id)).toMatchObject({ status: 'PENDING_NEW', blockedCents: 302_589 });
  });
});

describe('an exchange that is away', () => {
  test('parks the order with its money blocked; it executes on return', async ({ desk }) => {
    desk.exchange.mood = 'away';
    const id = await desk.place();
    expect(await desk.runOrders()).toEqual(['PARKED']);
    expect(await desk.order(id)).toMatchObject({
      status: 'PENDING_NEW',
      waitingFor: 'EXCHANGE',
      blockedCents: 302_589,
    });
    desk.advance(25_000);
    expect(await desk.sweep()).toBe(0);
    desk.exchange.mood = 'fine';
    desk.exchange.onEntry = [[100, 3001]];
    expect(await desk.sweep()).toBe(1);
    expect(await desk.runOrders()).toEqual(['DONE']);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', waitingFor: null });
  });

  test('leaves an order parked that is tried in vain', async ({ desk }) => {
    desk.exchange.mood = 'away';
    const id = await desk.execute();
    const { version } = await desk.order(id);
    desk.advance(25_000);
    const candidate = { orderId: id, accountId: 'ana', isin: 'BRPETRACNPR6', correlationId: 'corr-1' };
    expect(await desk.saga(candidate)).toMatchObject({ outcome: 'PARKED' });
    expect(await desk.order(id)).toMatchObject({ waitingFor: 'EXCHANGE', version });
  });

  test('resumes orders in the order of their receipt', async ({ desk }) => {
    desk.exchange.mood = 'away';
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.push(await desk.execute());
      desk.advance(1_000);
    }
    desk.advance(25_000);
    desk.exchange.mood = 'fine';
    desk.exchange.received.length = 0;
    expect(await desk.sweep()).toBe(5);
    await desk.runOrders();
    expect(desk.exchange.received).toEqual(ids);
  });

  test('buries a market order that grew stale in its park, and then rejects it', async ({ desk }) => {
    desk.exchange.mood = 'away';
    const id = await desk.execute({ type: 'MARKET', limitPrice: undefined });
    desk.advance(90_000);
    desk.exchange.mood = 'fine';
    await desk.sweep();
    expect(await desk.runOrders()).toEqual(['IN_DOUBT']);
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(await desk.order(id)).toMatchObject({ status: 'REJECTED', rejectReason: 'ORDER_STALE', blockedCents: 0 });
    expect(desk.exchange.received.at(-1)).toBe(`${id}.C1`);
  });

  test('books a stale parked order that had arrived after all', async ({ desk }) => {
    desk.exchange.mood = 'silent';
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.execute({ type: 'MARKET', limitPrice: undefined });
    desk.exchange.mood = 'away';
    expect(await desk.resolve()).toEqual(['PARKED']);
    desk.advance(90_000);
    desk.exchange.mood = 'fine';
    await desk.sweep();
    await desk.runOrders();
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED', waitingFor: null });
  });
});
