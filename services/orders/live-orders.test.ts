import { accountId } from '@brokerage/domain/identifiers';
import { describe, expect } from 'vitest';
import { cancelAllOrders } from './cancel-all-orders.ts';
import { test } from './testing/desk-test.ts';
import { okBody } from './testing/order-desk.ts';

describe('cancel', () => {
  test('asks the exchange at once and gives the rest back', async ({ desk }) => {
    const id = await desk.execute();
    expect(okBody(await desk.cancel(id))).toMatchObject({ status: 'CANCELED', cancelReason: 'CLIENT_REQUEST' });
    expect(desk.holdings('ana')).toMatchObject({ availableCents: 100_000_000, blockedCents: 0 });
  });

  test('of a queued order is noted, and it ends without being sent', async ({ desk }) => {
    const id = await desk.place();
    expect(okBody(await desk.cancel(id))).toMatchObject({ status: 'PENDING_NEW', cancelRequested: true });
    await desk.runOrders();
    expect(await desk.order(id)).toMatchObject({ status: 'CANCELED', cancelReason: 'CLIENT_REQUEST' });
    expect(desk.exchange.received).toEqual([]);
  });

  test('that comes between validation and blocking ends the order unsent', async ({ desk }) => {
    const id = await desk.place();
    desk.tables.beforeTransact = async () => {
      await desk.cancel(id);
    };
    await desk.runOrders();
    expect(await desk.order(id)).toMatchObject({ status: 'CANCELED' });
    expect(desk.exchange.received).toEqual([]);
  });

  test('while the exchange is answering is asked for right after', async ({ desk }) => {
    const id = await desk.place();
    desk.exchange.beforeAnswer = async () => {
      await desk.cancel(id);
    };
    expect(await desk.runOrders()).toEqual(['IN_DOUBT']);
    await desk.resolve();
    expect(await desk.order(id)).toMatchObject({ status: 'CANCELED', cancelReason: 'CLIENT_REQUEST' });
  });

  test('of an order in doubt that arrived is asked for once the order is known', async ({ desk }) => {
    desk.exchange.mood = 'silent';
    const id = await desk.execute();
    expect(okBody(await desk.cancel(id))).toMatchObject({ status: 'PENDING_NEW', cancelRequested: true });
    desk.exchange.mood = 'fine';
    expect(await desk.resolve()).toEqual(['RESOLVED', 'RESOLVED']);
    expect(await desk.order(id)).toMatchObject({ status: 'CANCELED', cancelReason: 'CLIENT_REQUEST' });
  });

  test('of an order in doubt that never arrived buries it: canceled, not rejected', async ({ desk }) => {
    desk.exchange.mood = 'deaf';
    const id = await desk.execute();
    await desk.cancel(id);
    desk.exchange.mood = 'fine';
    await desk.resolve();
    expect(await desk.order(id)).toMatchObject({ status: 'CANCELED', cancelReason: 'CLIENT_REQUEST', blockedCents: 0 });
  });

  test('of a parked order waits for the exchange, too', async ({ desk }) => {
    desk.exchange.mood = 'away';
    const id = await desk.execute();
    await desk.cancel(id);
    expect(await desk.resolve()).toEqual(['LATER']);
    desk.exchange.mood = 'fine';
    await desk.resolve();
    expect(await desk.order(id)).toMatchObject({ status: 'CANCELED', blockedCents: 0 });
  });

  test('that the exchange answers with silence goes to the resolver', async ({ desk }) => {
    const id = await desk.execute();
    desk.exchange.mood = 'deaf';
    expect(okBody(await desk.cancel(id))).toMatchObject({ status: 'PENDING_CANCEL' });
    desk.exchange.mood = 'fine';
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(desk.exchange.received.slice(1)).toEqual([`${id}.C1`, `${id}.C1`]);
    expect(await desk.order(id)).toMatchObject({ status: 'CANCELED' });
  });

  test('too late leaves the fills that came first', async ({ desk }) => {
    const id = await desk.execute();
    const trade = desk.exchange.trade(id, 100, 3001);
    expect(okBody(await desk.cancel(id))).toMatchObject({ status: 'NEW' });
    await desk.deliver([trade]);
    expect(await desk.order(id)).toMatchObject({ status: 'FILLED' });
  });

  test.for([
    ['another client’s order', 'bruno', 'NOT_FOUND'],
    ['an ended order', 'ana', 'ORDER_NOT_OPEN'],
  ] as const)('refuses %s', async ([_what, account, code], { desk }) => {
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.execute();
    expect(await desk.cancel(id, account)).toMatchObject({ ok: false, code });
  });

  test('of all open orders leaves those of others', async ({ desk }) => {
    const mine = [await desk.execute(), await desk.execute()];
    const theirs = await desk.execute({ side: 'SELL', limitPrice: '30.50' }, 'bruno');
    const given = await cancelAllOrders(desk.tools, accountId('ana'), 'corr-4');
    expect(okBody(given)).toEqual({ requested: mine.toReversed(), refused: [] });
    for (const id of mine) expect(await desk.order(id)).toMatchObject({ status: 'CANCELED' });
    expect(await desk.order(theirs)).toMatchObject({ status: 'NEW' });
  });
});

describe('amend', () => {
  test('up blocks the difference before the exchange is asked', async ({ desk }) => {
    const id = await desk.execute();
    desk.exchange.mood = 'deaf';
    expect(okBody(await desk.amend(id, { quantity: 200 }))).toMatchObject({ status: 'PENDING_REPLACE', quantity: 100 });
    expect(await desk.order(id)).toMatchObject({ blockedCents: 605_180 });
    desk.exchange.mood = 'fine';
    expect(await desk.resolve()).toEqual(['RESOLVED']);
    expect(await desk.order(id)).toMatchObject({
      status: 'NEW',
      quantity: 200,
      clOrdId: `${id}.2`,
      blockedCents: 605_180,
    });
  });

  test('down gives the difference back after it has agreed', async ({ desk }) => {
    const id = await desk.execute({ quantity: 200 });
    const shown = okBody(await desk.amend(id, { quantity: 100 }));
    expect(shown).toMatchObject({ status: 'NEW', quantity: 100, blockedAmount: '3025.89' });
    expect(shown.amendments).toMatchObject([{ clOrdId: `${id}.2`, origClOrdId: id, outcome: 'REPLACED' }]);
  });

  test('refused by the exchange leaves all as it was', async ({ desk }) => {
    const id = await desk.execute();
    desk.exchange.refuseRequests = true;
    expect(okBody(await desk.amend(id, { quantity: 200 }))).toMatchObject({ status: 'NEW', quantity: 100 });
    expect(await desk.order(id)).toMatchObject({ blockedCents: 302_589, clOrdId: id });
  });

  test('with a fill that comes before its answer keeps both', async ({ desk }) => {
    const id = await desk.execute({ quantity: 200 });
    desk.exchange.beforeAnswer = async () => {
      await desk.deliver([desk.exchange.trade(id, 50, 3001)]);
    };
    await desk.amend(id, { quantity: 300 });
    expect(await desk.order(id)).toMatchObject({ status: 'PARTIALLY_FILLED', quantity: 300, filledQuantity: 50 });
  });

  test.for([
    ['ORDER_PENDING', async () => undefined, { quantity: 300 }],
    ['NOTHING_TO_CHANGE', null, { quantity: 100 }],
    ['INSUFFICIENT_FUNDS', null, { quantity: 100_000 }],
    ['INVALID_LOT', null, { quantity: 150 }],
  ] as const)('is refused with %s and changes nothing', async ([code, pending, change], { desk }) => {
    const id = await desk.execute();
    if (pending) {
      desk.exchange.mood = 'deaf';
      await desk.amend(id, { quantity: 200 });
    }
    const before = await desk.order(id);
    expect(await desk.amend(id, change)).toMatchObject({ ok: false, code });
    expect(await desk.order(id)).toEqual(before);
  });

  test('is refused when the money went elsewhere meanwhile', async ({ desk }) => {
    desk.addClient('carla', 700_000, 0);
    const id = await desk.execute({}, 'carla');
    desk.tables.beforeTransact = async () => {
      await desk.execute({}, 'carla');
    };
    expect(await desk.amend(id, { quantity: 200 }, 'carla')).toMatchObject({ ok: false, code: 'INSUFFICIENT_FUNDS' });
    expect(await desk.order(id)).toMatchObject({ status: 'NEW', quantity: 100 });
  });
});
