import type { NewOrder } from '@brokerage/contracts/exchange';
import { expect, test } from 'vitest';
import { anExchange, anOrder, rest, story } from '../testing/exchange-fixture.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { INSTRUMENTS } from './instruments.ts';

const FIVE_CENT_TICK = INSTRUMENTS.map((each) => (each.symbol === 'MGLU3' ? { ...each, tickCents: 5 } : each));
const market = { ordType: 'MARKET' } as const;
const stop = { ordType: 'STOP' } as const;
const stopLimit = { ordType: 'STOP_LIMIT' } as const;

const REFUSALS: readonly [string, Partial<NewOrder>][] = [
  ['UNKNOWN_SYMBOL', { symbol: 'XXXX3', quantity: 7 }],
  ['INVALID_ORDER', { priceCents: undefined, quantity: 7 }],
  ['INVALID_ORDER', { stopPriceCents: 3010 }],
  ['INVALID_ORDER', { protectionPriceCents: 3010 }],
  ['INVALID_ORDER', { expireDate: '2026-11-30' }],
  ['INVALID_ORDER', { timeInForce: 'GTD' }],
  ['INVALID_ORDER', { ...market, priceCents: 3000 }],
  ['INVALID_ORDER', { ...market, timeInForce: 'GTC' }],
  ['INVALID_ORDER', { ...market, timeInForce: 'GTD', expireDate: '2026-11-30' }],
  ['INVALID_ORDER', { ...stop }],
  ['INVALID_ORDER', { ...stopLimit, priceCents: 3000 }],
  ['INVALID_LOT', { quantity: 150 }],
  ['INVALID_LOT', { symbol: 'PETR4F', quantity: 100 }],
  ['INVALID_TICK', { symbol: 'MGLU3', priceCents: 922 }],
  ['INVALID_EXPIRE_DATE', { timeInForce: 'GTD', expireDate: '2026-11-23' }],
  ['INVALID_STOP_PRICE', { ...stop, stopPriceCents: 3000 }],
  ['INVALID_STOP_PRICE', { ...stop, side: 'SELL', stopPriceCents: 3000 }],
  ['INVALID_STOP_PRICE', { ...stopLimit, stopPriceCents: 3010, priceCents: 3009 }],
  ['INVALID_STOP_PRICE', { ...stopLimit, side: 'SELL', stopPriceCents: 2990, priceCents: 2991 }],
  ['PRICE_OUT_OF_BAND', { priceCents: 3601 }],
  ['PRICE_OUT_OF_BAND', { side: 'SELL', priceCents: 2399 }],
];

test.each(REFUSALS)('%s: %o', (reason, fields) => {
  const answer = anExchange({ instruments: FIVE_CENT_TICK }).enter(anOrder(fields));
  expect(story(answer)).toEqual([`REJECTED ${reason}`]);
  expect(answer).toMatchObject({ ordStatus: 'REJECTED', cumQty: 0, leavesQty: 0 });
});

test.each<[string, Partial<NewOrder>]>([
  ['a buy at the upper limit', { priceCents: 3600 }],
  ['a sale at the lower limit', { side: 'SELL', priceCents: 2400 }],
  ['a cheap buy', { priceCents: 100 }],
  ['a dear sale', { side: 'SELL', priceCents: 9000 }],
  ['99 of a fractional', { symbol: 'PETR4F', quantity: 99 }],
  ['a stop limit outside the band of today', { ...stopLimit, stopPriceCents: 3700, priceCents: 3800 }],
  ['GTD on a day without session', { timeInForce: 'GTD', expireDate: '2026-11-29' }],
])('accepted: %s', (_name, fields) => {
  expect(anExchange().enter(anOrder(fields)).ordStatus).toBe('NEW');
});

test('the band follows the last trade, its limits rounded to the tick inwards', () => {
  const exchange = anExchange();
  rest(exchange, { priceCents: 3003 });
  exchange.enter(anOrder({ priceCents: 3003 }));
  expect(exchange.marketData(['PETR4']).quotes[0]).toMatchObject({ lowerLimitCents: 2403, upperLimitCents: 3603 });
});

test.each([
  ['2026-11-24T12:44:59Z', 'CLOSED'],
  ['2026-11-24T12:45:00Z', 'OPEN'],
  ['2026-11-24T20:59:59Z', 'OPEN'],
  ['2026-11-24T21:00:00Z', 'CLOSED'],
  ['2026-12-25T15:00:00Z', 'CLOSED'],
  ['2026-11-28T15:00:00Z', 'CLOSED'],
])("by B3's calendar at %s the market is %s", (instant, state) => {
  const exchange = anExchange({ calendar: 'B3', clock: new ManualClock(Date.parse(instant)) });
  expect(exchange.marketData([]).session.state).toBe(state);
  const expected = state === 'OPEN' ? ['NEW'] : ['REJECTED MARKET_CLOSED'];
  expect(story(exchange.enter(anOrder()))).toEqual(expected);
});

test('the session can be closed and opened against the calendar; a cancel is accepted all the same', () => {
  const exchange = anExchange();
  const order = anOrder();
  exchange.enter(order);
  exchange.setSession(false);
  expect(story(exchange.enter(anOrder()))).toEqual(['REJECTED MARKET_CLOSED']);
  expect(story(exchange.replace({ clOrdId: 'r', origClOrdId: order.clOrdId, quantity: 200 }))).toEqual([
    'REPLACE_REJECTED MARKET_CLOSED',
  ]);
  expect(story(exchange.cancel({ clOrdId: 'c', origClOrdId: order.clOrdId }))).toEqual(['CANCELED REQUESTED']);
  exchange.setSession(null);
  expect(exchange.enter(anOrder()).ordStatus).toBe('NEW');
});
