import type { OrderView } from '@brokerage/contracts/rest/orders';
import { expect, test } from 'vitest';
import { type DayPlan, planDay, type Step } from '../plan/day-plan.ts';
import { aDay } from '../testing/sample-day.ts';
import { anOrderView } from '../testing/sample-orders.ts';
import type { ApiAnswer, BrokerageApi, OrderRequest } from './brokerage-api.ts';
import { OrderDriver } from './order-driver.ts';
import { replayLanes } from './replay-lanes.ts';

const ok = (change: Partial<OrderView>): ApiAnswer => ({
  status: 202,
  order: anOrderView(change),
  code: null,
  statusFact: null,
});

/** Answers with these, one after the other, and keeps what was asked. */
function aScriptedApi(...answers: readonly ApiAnswer[]) {
  const asked: OrderRequest[] = [];
  const api: BrokerageApi = {
    send: async (request) => {
      asked.push(request);
      return answers[asked.length - 1] as ApiAnswer;
    },
    throttled: () => 0,
    close: async () => {},
  };
  return { api, asked };
}

const PLAN = planDay(
  aDay({}, { kind: 'UPDATE', priceCents: 781, quantity: 12 }, { kind: 'CANCEL', quantity: 12, priceCents: 781 }),
);
const STEPS = PLAN.lanes.get('TEST4F') as [Step, Step, Step];
const KEYS = new Map([['3-buyer', 'key']]);

test('sends an order as on the day and waits until it is acknowledged', async () => {
  const { api, asked } = aScriptedApi(
    ok({ status: 'PENDING_NEW' }),
    ok({ status: 'PENDING_NEW' }),
    ok({ status: 'NEW' }),
    ok({ status: 'PENDING_REPLACE' }),
    ok({ status: 'NEW', amendments: [{ outcome: 'REPLACED', reason: null } as OrderView['amendments'][number]] }),
    ok({ status: 'CANCELED' }),
  );
  const driver = new OrderDriver(api, PLAN.orders, KEYS);
  const results = [];
  for (const step of STEPS) results.push(await driver.drive(step));
  const get = { method: 'GET', path: '/v1/orders/ORD-1', apiKey: 'key' };
  const terms = { symbol: 'TEST4F', side: 'BUY', type: 'LIMIT', quantity: 10, limitPrice: '7.80' };
  expect(asked).toEqual([
    { method: 'POST', path: '/v1/orders', apiKey: 'key', body: { ...terms, clientOrderId: '1001' } },
    get,
    get,
    { method: 'PATCH', path: '/v1/orders/ORD-1', apiKey: 'key', body: { quantity: 12, limitPrice: '7.81' } },
    get,
    { method: 'DELETE', path: '/v1/orders/ORD-1', apiKey: 'key' },
  ]);
  expect(results.map(({ status }) => status)).toEqual(['NEW', 'NEW', 'CANCELED']);
  expect(results[1]?.amendment).toEqual({ outcome: 'REPLACED', reason: null });
});

test('asks nobody about an order that was not accepted', async () => {
  const { api, asked } = aScriptedApi({ status: 422, order: null, code: 'INVALID_TICK', statusFact: null });
  const driver = new OrderDriver(api, PLAN.orders, KEYS);
  expect((await driver.drive(STEPS[0])).answer?.code).toBe('INVALID_TICK');
  expect(await driver.drive(STEPS[1])).toMatchObject({ answer: null });
  expect(asked).toHaveLength(1);
});

test('a market order has no limit', async () => {
  const plan = planDay(aDay({ priceCents: 0, side: 'SELL' }));
  const { api, asked } = aScriptedApi(ok({ status: 'FILLED' }));
  const [step] = plan.lanes.get('TEST4F') as [Step];
  await new OrderDriver(api, plan.orders, new Map([['3-seller', 'key']])).drive(step);
  expect(asked[0]?.body).toEqual({
    symbol: 'TEST4F',
    side: 'SELL',
    type: 'MARKET',
    quantity: 10,
    clientOrderId: '1001',
  });
});

test('one instrument waits for its own events only, and for the opening book of all', async () => {
  const plan: DayPlan = planDay(
    aDay(
      { orderNumber: '1' },
      { orderNumber: '2' },
      { orderNumber: '3', symbol: 'TEST3F' },
      { orderNumber: '4', symbol: 'TEST3F' },
      { orderNumber: '5', kind: 'CANCEL' },
    ),
  );
  const log: string[] = [];
  const drive = async (step: Step) => {
    const name = `${step.orderNumber} ${step.action.kind}`;
    log.push(`${name} sent`);
    await Promise.resolve();
    log.push(`${name} acknowledged`);
    return { step, answer: null, amendment: null, status: null, isAcknowledged: true };
  };
  let steps = 0;
  const results = await replayLanes(plan, drive, null, () => {
    steps += 1;
  });
  expect([results.length, steps]).toEqual([6, 6]);
  expect(log.slice(0, 2)).toEqual(['5 PLACE sent', '5 PLACE acknowledged']);
  const at = (entry: string) => log.indexOf(entry);
  expect(at('1 PLACE acknowledged')).toBeLessThan(at('2 PLACE sent'));
  expect(at('3 PLACE acknowledged')).toBeLessThan(at('4 PLACE sent'));
  expect(at('2 PLACE acknowledged')).toBeLessThan(at('5 CANCEL sent'));
  expect(at('3 PLACE sent')).toBeLessThan(at('1 PLACE acknowledged'));
});
