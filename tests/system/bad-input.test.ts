import { describe, expect, it } from 'vitest';
import { readBooks } from '../auditor/read-books.ts';
import { auditorSettings } from '../auditor/settings.ts';
import { type Answer, aLimitOrder, type Refusal } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, bruno, operator } = stack;
const ORDER = { symbol: 'PETR4', side: 'BUY', type: 'LIMIT', quantity: 100, limitPrice: '30.25' };
const { quantity: _quantity, ...WITHOUT_QUANTITY } = ORDER;
const { symbol: _symbol, ...WITHOUT_SYMBOL } = ORDER;
const { limitPrice: _price, ...MARKET } = { ...ORDER, type: 'MARKET' };

async function tracesOf(): Promise<object> {
  const { awsPort, exchangePort } = stack.addresses;
  const books = await readBooks(auditorSettings({ AWS_PORT: String(awsPort), EXCHANGE_PORT: String(exchangePort) }));
  const { orders, entries, events, keys, executions } = books;
  return { orders: orders.length, entries: entries.length, events: events.length, keys: keys.length, executions };
}

const before = await tracesOf();

describe('a body that is not an order', () => {
  it.each<readonly [what: string, body: object]>([
    ['quantity 0', { ...ORDER, quantity: 0 }],
    ['quantity 1.5', { ...ORDER, quantity: 1.5 }],
    ['quantity -1', { ...ORDER, quantity: -1 }],
    ['quantity 1e20', { ...ORDER, quantity: 1e20 }],
    ['quantity in text', { ...ORDER, quantity: '100' }],
    ['price of three decimals', { ...ORDER, limitPrice: '30.255' }],
    ['price of three decimals as a number', { ...ORDER, limitPrice: 30.255 }],
    ['price 0', { ...ORDER, limitPrice: '0.00' }],
    ['negative price', { ...ORDER, limitPrice: '-30.25' }],
    ['price in words', { ...ORDER, limitPrice: 'thirty' }],
    ['no quantity', WITHOUT_QUANTITY],
    ['no symbol', WITHOUT_SYMBOL],
    ['an unknown field', { ...ORDER, colour: 'red' }],
    ['an unknown side', { ...ORDER, side: 'HOLD' }],
    ['an unknown type', { ...ORDER, type: 'ICEBERG' }],
    ['a limit order without a price', { ...MARKET, type: 'LIMIT' }],
    ['a market order with a price', { ...ORDER, type: 'MARKET' }],
    ['a stop order without a stop', { ...MARKET, type: 'STOP' }],
    ['GTD without a date', { ...ORDER, timeInForce: 'GTD' }],
    ['a date without GTD', { ...ORDER, expireDate: '2030-01-02' }],
    ['a list', [ORDER]],
  ])('is refused with 400: %s', async (_what, body) => {
    expectClear(await ana.submit(body), 400);
  });

  it.each<readonly [what: string, rawBody: string, contentType: string, statuses: readonly number[]]>([
    ['not JSON', '{"symbol":', 'application/json', [400]],
    ['nothing', '', 'application/json', [400]],
    ['a text that is no object', '"PETR4"', 'application/json', [400]],
    ['another content type', 'symbol=PETR4', 'application/x-www-form-urlencoded', [400, 415]],
    ['an order under a wrong content type', JSON.stringify(ORDER), 'text/plain', [415]],
    ['a megabyte', JSON.stringify({ ...ORDER, clientOrderId: 'x'.repeat(1_000_000) }), 'application/json', [400, 413]],
    [
      'eleven megabytes',
      JSON.stringify({ ...ORDER, clientOrderId: 'x'.repeat(11_000_000) }),
      'application/json',
      [413],
    ],
  ])('is refused with a clear 4xx: %s', async (_what, rawBody, contentType, statuses) => {
    const answer = await ana.request<Refusal>('POST', '/v1/orders', undefined, {
      rawBody,
      headers: { 'content-type': contentType },
    });
    expect(statuses).toContain(answer.status);
    expectClear(answer, answer.status);
  });
});

it.each<readonly [code: string, order: object]>([
  ['UNKNOWN_SYMBOL', { ...ORDER, symbol: 'NOPE3' }],
  ['INVALID_LOT', { ...ORDER, quantity: 150 }],
  ['INVALID_LOT', { ...ORDER, symbol: 'PETR4F', quantity: 100 }],
  ['TIME_IN_FORCE_NOT_ALLOWED', { ...MARKET, timeInForce: 'GTC' }],
  ['EXPIRE_DATE_PAST', { ...ORDER, timeInForce: 'GTD', expireDate: '2020-01-02' }],
  ['INVALID_STOP_PRICE', { ...ORDER, type: 'STOP_LIMIT', limitPrice: '30.00', stopPrice: '31.00' }],
])('refuses at once, with 422 %s, what the order and its instrument decide', async (code, order) => {
  const answer = await ana.submit(order);
  expect(answer).toMatchObject({ status: 422, body: { code, status: 422 } });
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.body.correlationId).toBe(answer.headers.get('x-correlation-id'));
});

describe('who may not', () => {
  it.each<readonly [what: string, key: string | null]>([
    ['no key', null],
    ['a wrong key', 'local-key-nobody-0000000000'],
    ['an empty key', ''],
  ])('gets 403: %s', async (_what, key) => {
    const stranger = stack.clientWith(key);
    for (const answer of [
      await stranger.submit(ORDER),
      await stranger.request('GET', '/v1/account'),
      await stranger.request('GET', '/v1/ops/trial-balance'),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
    }
  });

  it('gets 403 on what is for others to do', async () => {
    expect((await ana.request('GET', '/v1/ops/trial-balance')).status).toBe(403);
    expect((await ana.request('POST', '/v1/ops/sweep')).status).toBe(403);
    expect((await ana.request('GET', '/v1/compliance/alerts')).status).toBe(403);
    expect((await operator.submit(ORDER)).status).toBe(403);
  });

  it('gets 404 or 403 where there is nothing', async () => {
    expect((await ana.request('GET', '/v1/orders/ORD-NOPE')).status).toBe(404);
    expect([403, 404]).toContain((await ana.request('GET', '/v1/nothing-here')).status);
  });

  it('cannot speak as the exchange or the bank', async () => {
    const stranger = stack.clientWith(null);
    const now = String(Date.now());
    for (const [path, name] of [
      ['/v1/webhooks/exchange', 'exchange'],
      ['/v1/webhooks/bank', 'bank'],
    ] as const) {
      const headers = { [`x-${name}-timestamp`]: now, [`x-${name}-signature`]: '0'.repeat(64) };
      expect((await stranger.request('POST', path, { reports: [], events: [] }, { headers })).status).toBe(401);
      expect((await stranger.request('POST', path, { reports: [], events: [] })).status).toBe(401);
    }
  });
});

it('leaves no trace of any of it', async () => {
  expect(await tracesOf()).toEqual(before);
  expect(await ana.orders()).toEqual([]);
});

it('hides the orders of others behind 404', async () => {
  const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '29.00'));
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['GET', '/audit', undefined],
    ['GET', '/receipt', undefined],
    ['DELETE', '', undefined],
    ['PATCH', '', { quantity: 200 }],
  ] as const) {
    const answer = await bruno.request<Refusal>(method, `/v1/orders/${orderId}${path}`, body);
    expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  }
  expect(await ana.order(orderId)).toMatchObject({ status: 'NEW', quantity: 100 });
});

describe('what only the state decides', () => {
  it.each<readonly [reason: string, client: 'ana' | 'bruno', order: object]>([
    ['PRICE_OUT_OF_BAND', 'ana', { ...ORDER, limitPrice: '99.00' }],
    ['PRICE_OUT_OF_BAND', 'bruno', { ...ORDER, side: 'SELL', limitPrice: '1.00' }],
    ['INSUFFICIENT_FUNDS', 'bruno', { ...ORDER, quantity: 10_000 }],
    ['INSUFFICIENT_POSITION', 'ana', { ...ORDER, side: 'SELL' }],
    ['INSUFFICIENT_POSITION', 'bruno', { ...ORDER, side: 'SELL', quantity: 1_100 }],
    ['LIMIT_EXCEEDED', 'ana', { ...ORDER, quantity: 1_000_100 }],
    ['INVALID_STOP_PRICE', 'ana', { ...MARKET, type: 'STOP', stopPrice: '25.00' }],
  ])('ends REJECTED %s, with nothing blocked', async (rejectReason, who, order) => {
    const client = stack[who];
    const [account, position] = [await client.account(), await client.position('PETR4')];
    expect(await client.trade(order)).toMatchObject({ status: 'REJECTED', rejectReason, blockedAmount: '0.00' });
    expect(await client.account()).toEqual(account);
    expect(await client.position('PETR4')).toEqual(position);
  });

  it('ends REJECTED MARKET_CLOSED while the market is closed', async () => {
    await stack.exchange.call('PUT', '/admin/session', { open: false });
    const account = await ana.account();
    expect(await ana.trade(ORDER)).toMatchObject({ status: 'REJECTED', rejectReason: 'MARKET_CLOSED' });
    expect(await ana.account()).toEqual(account);
    await stack.exchange.call('PUT', '/admin/session', { open: null });
    expect(await ana.trade(ORDER)).toMatchObject({ status: 'FILLED' });
  });
});

it('leaves books that add up', () => stack.audit());

/** A problem document of ours, or the refusal of API Gateway, which names what failed. */
function expectClear({ body, headers, status }: Answer<Refusal>, expected: number): void {
  expect(status).toBe(expected);
  if (headers.get('content-type') === 'application/problem+json') {
    expect(body).toMatchObject({ status: expected, code: expect.any(String), correlationId: expect.any(String) });
  } else {
    expect(body.message).toEqual(expect.any(String));
    if (expected === 400)
      expect(body).toMatchObject({ message: 'Invalid request body', detail: expect.stringMatching(/./) });
  }
}
