import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { OrderState } from '@brokerage/contracts/exchange';
import type { OrderView } from '@brokerage/contracts/rest/orders';
import { describe, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { type ApiClient, aLimitOrder } from './api-client.ts';
import { depthOf, queueUrl } from './queues.ts';
import { isFor } from './role-policies.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, bruno, carla, exchange } = stack;
/** The gateway gives an answer three seconds; then someone has to ask. */
const ORDER = aLimitOrder('BUY', 100, '30.25');

/** Waits until an order stands there as wanted, whatever we have heard of it. */
function atExchange(orderId: string, ordStatus: OrderState['ordStatus']): Promise<OrderState | null> {
  const ask = () => exchange.call<OrderState>('GET', `/orders/${orderId}`).catch(() => null);
  return eventually(`${orderId} is ${ordStatus} at the exchange`, ask, (state) => state?.ordStatus === ordStatus);
}

/** Steps minute by minute until the sweeper and the resolver have brought an order so far. */
function orderSwept(client: ApiClient, orderId: string, status: OrderView['status']): Promise<OrderView> {
  const ask = () => client.order(orderId);
  return stack.stepUntil('PT1M', `${orderId} is ${status}`, ask, (order) => order.status === status);
}

describe('an order', () => {
  it('that the exchange refuses gets its money back', async () => {
    const before = await ana.account();
    const refused = await exchange.during({ fault: 'refuse' }, () => ana.trade(ORDER));
    expect(refused).toMatchObject({ status: 'REJECTED', rejectReason: 'EXCHANGE_REJECTED', blockedAmount: '0.00' });
    expect(await ana.account()).toEqual(before);
  });

  it('whose answer is lost, and whose reports too, stays in doubt with its money blocked, and is then booked once', async () => {
    await exchange.fault({ fault: 'hold-reports' });
    await exchange.fault({ fault: 'lost-answer' });
    const { orderId } = await ana.place(ORDER);
    await atExchange(orderId, 'FILLED');
    expect(await ana.order(orderId)).toMatchObject({ status: 'PENDING_NEW', blockedAmount: '3025.89', fills: [] });
    const sale = await bruno.place(aLimitOrder('SELL', 100, '29.00'));
    const booked = [await ana.orderIn(orderId, 'FILLED'), await bruno.orderIn(sale.orderId, 'FILLED')];
    await exchange.clearFaults();
    for (const { fills } of booked) expect(fills).toHaveLength(1);
  });

  it('whose fills come before its answer is filled by them', async () => {
    await exchange.during({ fault: 'lost-answer' }, async () => {
      const filled = await ana.orderIn((await ana.place(ORDER)).orderId, 'FILLED');
      expect(filled.fills).toHaveLength(1);
    });
  });

  it('that the exchange never took in is buried there before its money comes back', async () => {
    const before = await ana.account();
    const { orderId } = await exchange.during({ fault: 'hang' }, async () => {
      const placed = await ana.place(ORDER);
      await ana.orderWhen(placed.orderId, 'has its money blocked', ({ blockedAmount }) => blockedAmount === '3025.89');
      await eventually(
        'the saga has given up waiting',
        () => depthOf(stack.sqs, 'InDoubtOrders'),
        (depth) => depth > 0,
      );
      return placed;
    });
    const ended = await ana.orderIn(orderId, 'REJECTED', 40_000);
    expect(ended.rejectReason).toBe('PROCESSING_FAILED');
    expect(await exchange.call('GET', `/orders/${orderId}`)).toMatchObject({ kind: 'TOMBSTONE' });
    expect(await ana.account()).toEqual(before);
  });

  it('waits while the exchange is down, and then executes', async () => {
    const orders = await exchange.during({ fault: 'down' }, async () => {
      const placed = await Promise.all(Array.from({ length: 5 }, () => ana.place(ORDER)));
      for (const { orderId } of placed) {
        const waiting = await ana.orderWhen(orderId, 'is parked', ({ waitingFor }) => waitingFor === 'EXCHANGE');
        expect(waiting).toMatchObject({ status: 'PENDING_NEW', blockedAmount: '3025.89' });
      }
      return placed;
    });
    for (const { orderId } of orders) {
      expect(await orderSwept(ana, orderId, 'FILLED')).toMatchObject({ waitingFor: null });
    }
  });

  it('is filled once, though the exchange answers with errors half of the time', async () => {
    const orders = await exchange.during({ fault: 'error', probability: 0.5 }, () =>
      Promise.all(Array.from({ length: 10 }, () => ana.place(ORDER))),
    );
    const ended = await stack.stepUntil(
      'PT1M',
      'all have ended',
      () => Promise.all(orders.map(({ orderId }) => ana.order(orderId))),
      (now) => now.every(({ status }) => status !== 'PENDING_NEW'),
    );
    expect(ended.every(({ status }) => status === 'FILLED' || status === 'REJECTED')).toBe(true);
  });
});

describe('reports', () => {
  it.each(['duplicate-reports', 'reorder-reports'])(
    'that come under %s are booked once and in whole',
    async (fault) => {
      await exchange.call('PUT', '/admin/market', { makers: false });
      await exchange.during({ fault }, async () => {
        const purchase = await ana.trade(aLimitOrder('BUY', 400, '30.00'));
        for (let part = 0; part < 4; part += 1) await bruno.trade(aLimitOrder('SELL', 100, '30.00'));
        const filled = await ana.orderIn(purchase.orderId, 'FILLED');
        expect(filled.fills.map(({ quantity }) => quantity)).toEqual([100, 100, 100, 100]);
        expect(filled.fees).toMatchObject({ total: '3.59' });
      });
      await exchange.call('PUT', '/admin/market', { makers: true });
    },
  );
});

it('a fill of an order that is not ours to know is booked to suspense', async () => {
  const byHand = { clOrdId: `HAND-${randomUUID()}`, account: 'ana', symbol: 'PETR4', side: 'BUY', quantity: 100 };
  await exchange.call('POST', '/orders', { ...byHand, ordType: 'LIMIT', timeInForce: 'IOC', priceCents: 3_025 });
  const suspense = new QueryCommand({
    TableName: 'Ledger',
    KeyConditionExpression: 'accountId = :nobody',
    ExpressionAttributeValues: { ':nobody': { S: 'SUSPENSE' } },
  });
  const entries = () => stack.dynamodb.send(suspense);
  const { Items = [] } = await eventually('it is booked', entries, ({ Count = 0 }) => Count > 0);
  expect(Items).toMatchObject([{ kind: { S: 'SUSPENSE_TRADE' } }]);
});

it('cancels and amendments that the exchange cannot hear are asked for again until it can', async () => {
  const price = (cents: number) => aLimitOrder('BUY', 100, `28.${cents}`);
  const [amended, canceled, ...others] = await Promise.all([51, 52, 53, 54].map((cents) => ana.trade(price(cents))));
  await exchange.during({ fault: 'down' }, async () => {
    expect((await ana.amend(amended!.orderId, { quantity: 200 })).status).toBe(202);
    expect((await ana.cancel(canceled!.orderId)).status).toBe(202);
    expect((await ana.request('DELETE', '/v1/orders')).status).toBe(202);
    // The resolver asks, and asks again; the sweeper sends what has stood for long once more.
    await stack.advance('PT2M');
    expect(await ana.order(canceled!.orderId)).toMatchObject({ status: 'PENDING_CANCEL' });
  });
  for (const { orderId } of [canceled!, ...others]) await orderSwept(ana, orderId, 'CANCELED');
  await ana.cancel(amended!.orderId);
  await orderSwept(ana, amended!.orderId, 'CANCELED');
});

describe('a cancel', () => {
  it('of an order that is still queued ends it without it ever being sent, or after the exchange’s answer', async () => {
    const order = aLimitOrder('BUY', 100, '29.00');
    const { orderId } = await exchange.during({ fault: 'latency', ms: 500 }, async () => {
      const placed = await ana.place(order);
      expect(await ana.cancel(placed.orderId)).toMatchObject({ status: 202, body: { cancelRequested: true } });
      return placed;
    });
    expect(await ana.orderIn(orderId, 'CANCELED', 40_000)).toMatchObject({ filledQuantity: 0, blockedAmount: '0.00' });
  });

  it('of an order in doubt is kept until its outcome is known', async () => {
    await exchange.fault({ fault: 'hold-reports' });
    await exchange.fault({ fault: 'lost-answer' });
    const { orderId } = await ana.place(aLimitOrder('BUY', 100, '29.00'));
    await ana.orderWhen(orderId, 'has its money blocked', ({ blockedAmount }) => blockedAmount === '2900.85');
    expect(await ana.cancel(orderId)).toMatchObject({ status: 202, body: { cancelRequested: true } });
    await atExchange(orderId, 'NEW');
    await exchange.clearFaults();
    expect(await ana.orderIn(orderId, 'CANCELED', 40_000)).toMatchObject({ blockedAmount: '0.00' });
    expect(await exchange.call('GET', `/orders/${orderId}`)).toMatchObject({ leavesQty: 0, cumQty: 0 });
  });

  it('whose answer is lost ends by its report', async () => {
    const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '29.00'));
    await exchange.during({ fault: 'lost-answer' }, async () => {
      expect((await ana.cancel(orderId)).status).toBe(202);
      expect(await ana.orderIn(orderId, 'CANCELED')).toMatchObject({ blockedAmount: '0.00' });
    });
  });

  it('that comes too late changes nothing: the fill that was first counts', async () => {
    await exchange.call('PUT', '/admin/market', { makers: false });
    const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '30.00'));
    await exchange.fault({ fault: 'hold-reports' });
    await bruno.trade(aLimitOrder('SELL', 100, '30.00'));
    expect((await ana.cancel(orderId)).status).toBe(202);
    await exchange.clearFaults();
    const ended = await ana.orderIn(orderId, 'FILLED');
    expect(ended).toMatchObject({ filledQuantity: 100, cancelReason: null });
    await exchange.call('PUT', '/admin/market', { makers: true });
  });

  it('is one at a time: a second is the same, an amendment beside it is refused', async () => {
    const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '29.00'));
    await exchange.during({ fault: 'hang' }, async () => {
      const first = await ana.cancel(orderId);
      expect(first).toMatchObject({ status: 202, body: { status: 'PENDING_CANCEL' } });
      expect(await ana.cancel(orderId)).toMatchObject({ status: 202, body: { status: 'PENDING_CANCEL' } });
      expect(await ana.amend(orderId, { quantity: 200 })).toMatchObject({ status: 409 });
    });
    await ana.orderIn(orderId, 'CANCELED', 40_000);
  });
});

describe('five sagas of one order at once end as one', () => {
  const COPIES = 5;

  /** The order is accepted, but not queued; then its message comes five times. */
  async function startAtOnce(client: ApiClient, order: object): Promise<string> {
    const placed = await stack.withoutStatements('submit-order-role', isFor('sqs:SendMessage'), () =>
      client.place(order),
    );
    const { orderId, accountId, correlationId } = placed;
    const MessageBody = JSON.stringify({ orderId, accountId, correlationId, isin: 'BRPETRACNPR6' });
    const Entries = Array.from({ length: COPIES }, (_none, index) => ({ Id: String(index), MessageBody }));
    await stack.sqs.send(new SendMessageBatchCommand({ QueueUrl: await queueUrl(stack.sqs, 'Orders'), Entries }));
    return orderId;
  }

  it('filled', async () => {
    const orderId = await startAtOnce(ana, ORDER);
    expect((await ana.orderIn(orderId, 'FILLED')).fills).toHaveLength(1);
  });

  it('rejected, for lack of money', async () => {
    const orderId = await startAtOnce(carla, ORDER);
    expect(await carla.orderIn(orderId, 'REJECTED')).toMatchObject({ rejectReason: 'INSUFFICIENT_FUNDS' });
  });

  it('waiting for the exchange', async () => {
    const orderId = await exchange.during({ fault: 'down' }, async () => {
      const parked = await startAtOnce(ana, ORDER);
      await ana.orderWhen(parked, 'is parked', ({ waitingFor }) => waitingFor === 'EXCHANGE');
      return parked;
    });
    expect((await orderSwept(ana, orderId, 'FILLED')).fills).toHaveLength(1);
  });
});

it('leaves books that add up', () => stack.audit());
