import { createHmac } from 'node:crypto';
import type { ExecutionReport } from '@brokerage/contracts/exchange';
import * as contract from '@brokerage/contracts/exchange';
import { MarketDataDelivery, type MarketTick } from '@brokerage/contracts/market-feed';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anOrder } from '../testing/exchange-fixture.ts';
import { ManualClock, NOON_MS, settled } from '../testing/manual-clock.ts';
import { RecordingReceiver } from '../testing/recording-receiver.ts';
import { exchangeApp } from './exchange-app.ts';
import { ExchangeService } from './exchange-service.ts';
import { INSTRUMENTS } from './instruments.ts';
import { OrderStore } from './order-store.ts';

const LINGER_MS = 20;
const headers = { authorization: 'Bearer key' };
let clock: ManualClock;
let receiver: RecordingReceiver;
let marketData: RecordingReceiver;
let service: ExchangeService;
let app: FastifyInstance;

beforeEach(() => {
  clock = new ManualClock();
  receiver = new RecordingReceiver();
  marketData = new RecordingReceiver();
  service = new ExchangeService({
    clock,
    store: new OrderStore(':memory:'),
    instruments: INSTRUMENTS,
    calendar: 'ROUND_THE_CLOCK',
    seed: 7,
    makers: true,
    noise: false,
    send: (post) => (post.url === 'http://market-data' ? marketData : receiver).send(post),
    webhookUrl: 'http://brokerage',
    marketDataWebhookUrl: 'http://market-data',
    apiKey: 'key',
    webhookSecret: 'secret',
    lingerMs: LINGER_MS,
  });
  app = exchangeApp(service);
});
afterEach(async () => {
  await app.close();
  service.close();
});

const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload, headers });
const get = (url: string) => app.inject({ url, headers });
const put = (url: string, payload: object) => app.inject({ method: 'PUT', url, payload, headers });
const buy = (fields: Parameters<typeof anOrder>[0] = {}) => anOrder({ priceCents: 3025, ...fields });
const delivered = () => receiver.items<ExecutionReport>('reports').flat();

/** What became of a request after the event loop and the clock went on for a while. */
async function outcome(pending: Promise<{ statusCode: number }>): Promise<number | 'PENDING' | 'DESTROYED'> {
  let result: number | 'PENDING' | 'DESTROYED' = 'PENDING';
  pending.then(
    ({ statusCode }) => {
      result = statusCode;
    },
    () => {
      result = 'DESTROYED';
    },
  );
  await settled();
  await settled();
  return result;
}

test('every answer is what the contract says', async () => {
  contract.RequestAnswer.parse((await post('/orders', buy({ clOrdId: 'o' }))).json());
  contract.RequestAnswer.parse((await post('/replacements', { clOrdId: 'r', origClOrdId: 'o', quantity: 200 })).json());
  contract.RequestAnswer.parse((await post('/cancels', { clOrdId: 'c', origClOrdId: 'unknown' })).json());
  for (const id of ['o', 'r', 'c', 'unknown']) contract.OrderState.parse((await get(`/orders/${id}`)).json());
  contract.InstrumentList.parse((await get('/instruments')).json());
  contract.MarketData.parse((await get('/market-data')).json());
  contract.Ping.parse((await get('/ping')).json());
  expect(contract.ExecutionsPage.parse((await get('/executions')).json()).reports).toHaveLength(4);
  await clock.advance(LINGER_MS);
  contract.ReportsDelivery.parse(JSON.parse(receiver.posts[0]?.body ?? ''));
});

test.each(['/orders/x', '/executions', '/instruments', '/market-data'])('%s needs the key', async (url) => {
  for (const authorization of [undefined, 'Bearer kez', 'Bearer', 'key']) {
    const answer = await app.inject({ url, headers: authorization === undefined ? {} : { authorization } });
    expect(answer.statusCode).toBe(401);
    expect(answer.json().code).toBe('UNAUTHORIZED');
  }
});

test.each([
  [{ ...anOrder(), quantity: 1.5 }, 'quantity'],
  [{ ...anOrder(), quantity: 0 }, 'quantity'],
  [{ ...anOrder(), side: 'BOTH' }, 'side'],
  [{ ...anOrder(), clOrdId: 'a:b' }, 'clOrdId'],
  [{ ...anOrder(), color: 'red' }, 'color'],
])('a malformed order is 400, names the field and does nothing', async (message, field) => {
  const answer = await post('/orders', message);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().message).toContain(field);
  expect(service.exchange.committedSeq).toBe(0);
});

test('an unknown ClOrdID is 404, an unlisted symbol has no quote', async () => {
  expect((await get('/orders/none')).statusCode).toBe(404);
  expect((await get('/market-data?symbols=PETR4,NONE3')).json().quotes).toHaveLength(1);
});

test('reports reach the webhook in order, and gap recovery tells the same', async () => {
  await post('/orders', buy());
  await post('/orders', buy());
  await clock.advance(LINGER_MS);
  expect(delivered().map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  const page = (await get('/executions?since=1&limit=2')).json();
  expect(page).toEqual({ reports: delivered().slice(1, 3), lastSeq: 4 });
});

describe('faults', () => {
  test('error: 503 and nothing done, for members but not for the panel', async () => {
    await put('/admin/faults', { fault: 'error' });
    expect((await post('/orders', buy())).statusCode).toBe(503);
    expect((await get('/ping')).statusCode).toBe(503);
    expect((await app.inject('/health')).statusCode).toBe(200);
    expect(service.exchange.committedSeq).toBe(0);
    await app.inject({ method: 'DELETE', url: '/admin/faults', headers });
    expect((await post('/orders', buy())).statusCode).toBe(200);
  });

  test('hang: read, not done, never answered', async () => {
    await put('/admin/faults', { fault: 'hang' });
    expect(await outcome(post('/orders', buy({ clOrdId: 'hung' })))).toBe('PENDING');
    expect(service.exchange.state('hung')).toBeUndefined();
  });

  test('lost-answer: done and reported, never answered; asking again gives the answer', async () => {
    await put('/admin/faults', { fault: 'lost-answer' });
    const order = buy();
    expect(await outcome(post('/orders', order))).toBe('PENDING');
    await clock.advance(LINGER_MS);
    expect(delivered().map(({ execType }) => execType)).toEqual(['NEW', 'TRADE']);
    await app.inject({ method: 'DELETE', url: '/admin/faults', headers });
    expect((await post('/orders', order)).json().executions).toEqual(delivered());
  });

  test('refuse: rejected for good', async () => {
    await put('/admin/faults', { fault: 'refuse' });
    expect((await post('/orders', buy())).json()).toMatchObject({
      ordStatus: 'REJECTED',
      executions: [{ rejectReason: 'REFUSED' }],
    });
  });

  test('down: connections are destroyed and no reports leave', async () => {
    await post('/orders', buy());
    await put('/admin/faults', { fault: 'down' });
    expect(await outcome(post('/orders', buy({ clOrdId: 'gone' })))).toBe('DESTROYED');
    expect(service.exchange.state('gone')).toBeUndefined();
    await clock.advance(1_000);
    expect(receiver.posts).toHaveLength(0);
    await app.inject({ method: 'DELETE', url: '/admin/faults', headers });
    await clock.advance(5_000);
    expect(delivered()).toHaveLength(2);
  });

  test('latency: the answer comes that much later', async () => {
    await put('/admin/faults', { fault: 'latency', ms: 500 });
    // `inject` begins only when it is awaited.
    const pending = post('/orders', buy()).then((answer) => answer);
    await clock.advance(499);
    expect(service.exchange.committedSeq).toBe(0);
    await clock.advance(1);
    expect(await outcome(pending)).toBe(200);
  });

  test('duplicate-reports and reorder-reports together, hold-reports until released', async () => {
    for (const fault of ['duplicate-reports', 'reorder-reports', 'hold-reports']) await put('/admin/faults', { fault });
    for (let count = 0; count < 3; count += 1) await post('/orders', buy());
    await clock.advance(1_000);
    expect(receiver.posts).toHaveLength(0);
    await app.inject({ method: 'DELETE', url: '/admin/faults', headers });
    for (const fault of ['duplicate-reports', 'reorder-reports']) await put('/admin/faults', { fault });
    await clock.advance(LINGER_MS);
    const seqs = delivered().map(({ seq }) => seq);
    expect(seqs.toSorted((a, b) => a - b)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
    expect(seqs.slice(0, 6)).not.toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('hold-market-data: the feed is silent, reports go on, and no trade is lost', async () => {
    await put('/admin/faults', { fault: 'hold-market-data' });
    await post('/orders', buy());
    await clock.advance(10_000);
    expect(delivered()).toHaveLength(2);
    expect(marketData.posts).toHaveLength(0);
    await app.inject({ method: 'DELETE', url: '/admin/faults', headers });
    await clock.advance(50);
    const { ticks } = MarketDataDelivery.parse(JSON.parse(marketData.posts[0]?.body ?? ''));
    expect(ticks.find(({ trade }) => trade !== null)?.trade).toEqual({ tradeId: '2', priceCents: 3001, quantity: 100 });
  });

  test('a probability strikes some, the same ones for the same seed', async () => {
    await put('/admin/faults', { fault: 'error', probability: 0.5 });
    const statuses: number[] = [];
    for (let count = 0; count < 20; count += 1) statuses.push((await get('/ping')).statusCode);
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(3);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(3);
  });
});

describe('the panel', () => {
  test('the clock steps, and what falls due is done before the answer', async () => {
    await post('/orders', buy({ clOrdId: 'day', priceCents: 2900 }));
    await put('/admin/clock', { nowMs: NOON_MS + 86_400_000 });
    expect((await get('/orders/day')).json().ordStatus).toBe('EXPIRED');
    expect((await put('/admin/clock', { offsetMs: 0 })).json()).toEqual({ nowMs: NOON_MS });
  });

  test('the last of several steps of the clock is answered when the market of then was told', async () => {
    await put('/admin/clock', { nowMs: NOON_MS + 30_000 });
    expect(marketData.posts).toEqual([]);
    const answer = put('/admin/clock', { nowMs: NOON_MS + 60_000, isLast: true });
    await settled();
    await clock.advance(50);
    await answer;
    const ticks = marketData.items<MarketTick>('ticks').flat();
    expect(ticks.findLast(({ symbol }) => symbol === 'PETR4')?.timeMs).toBe(NOON_MS + 60_000);
  });

  test('session and market', async () => {
    expect((await put('/admin/session', { open: false })).json().state).toBe('CLOSED');
    expect((await post('/orders', buy())).json().executions[0].rejectReason).toBe('MARKET_CLOSED');
    await put('/admin/session', { open: null });
    const market = await put('/admin/market', { makers: false, openingCents: { PETR4F: 782 } });
    const quote = market.json().quotes.find(({ symbol }: { symbol: string }) => symbol === 'PETR4F');
    expect(quote).toMatchObject({ previousCloseCents: 782, bidCents: null });
    expect((await put('/admin/market', { openingCents: { NONE3: 1 } })).statusCode).toBe(400);
  });

  test('an unknown fault is refused', async () => {
    expect((await put('/admin/faults', { fault: 'fire' })).statusCode).toBe(400);
  });
});

test('a member changes its credentials; its former key is still taken', async () => {
  const next = { apiKey: 'k'.repeat(32), webhookSecret: 's'.repeat(32) };
  expect((await post('/credentials', { ...next, apiKey: 'short' })).statusCode).toBe(400);
  expect((await post('/credentials', next)).json()).toEqual({});
  for (const key of ['key', next.apiKey]) {
    const answer = await app.inject({ url: '/instruments', headers: { authorization: `Bearer ${key}` } });
    expect(answer.statusCode).toBe(200);
  }
  await post('/orders', buy());
  await clock.advance(LINGER_MS);
  const { headers: sent = {}, body = '' } = receiver.posts[0] ?? {};
  const signature = createHmac('sha256', next.webhookSecret);
  expect(sent[contract.EXCHANGE_SIGNATURE_HEADER]).toBe(
    signature.update(`${sent[contract.EXCHANGE_TIMESTAMP_HEADER]}.${body}`).digest('hex'),
  );
});
