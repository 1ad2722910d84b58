import { expect, test } from 'vitest';
import { anExchange, anOrder, rest, story } from '../testing/exchange-fixture.ts';

test('a limit order fills at the resting price and rests with what is left', () => {
  const exchange = anExchange();
  const resting = rest(exchange, { quantity: 100, priceCents: 3001 });
  const answer = exchange.enter(anOrder({ quantity: 300, priceCents: 3025 }));
  expect(story(answer)).toEqual(['NEW', 'TRADE 100@3001']);
  expect(answer).toMatchObject({ ordStatus: 'PARTIALLY_FILLED', cumQty: 100, leavesQty: 200 });
  expect(exchange.marketData(['PETR4']).quotes[0]).toMatchObject({
    lastCents: 3001,
    bidCents: 3025,
    bidQty: 200,
    askCents: null,
  });
  const seller = exchange.state(resting.clOrdId);
  expect(seller).toMatchObject({ ordStatus: 'FILLED', cumQty: 100, leavesQty: 0 });
  // Both sides of a trade carry the same ExecID.
  expect(seller?.executions.at(-1)?.execId).toBe(answer.executions.at(-1)?.execId);
});

test.each([
  ['IOC', ['NEW', 'TRADE 100@3000', 'CANCELED IOC_REMAINDER'], 100],
  ['FOK', ['NEW', 'CANCELED FOK_NOT_FILLED'], 0],
] as const)('%s does not rest', (timeInForce, expected, cumQty) => {
  const exchange = anExchange();
  rest(exchange, { quantity: 100 });
  const answer = exchange.enter(anOrder({ quantity: 200, timeInForce }));
  expect(story(answer)).toEqual(expected);
  expect(answer).toMatchObject({ ordStatus: 'CANCELED', cumQty, leavesQty: 0 });
});

test('a FOK that the whole book fills is filled over several prices', () => {
  const exchange = anExchange();
  for (const priceCents of [3000, 3002]) rest(exchange, { priceCents });
  expect(story(exchange.enter(anOrder({ quantity: 200, priceCents: 3005, timeInForce: 'FOK' })))).toEqual([
    'NEW',
    'TRADE 100@3000',
    'TRADE 100@3002',
  ]);
});

test('a MARKET order takes the best price only and rests there with what is left', () => {
  const exchange = anExchange();
  for (const priceCents of [3001, 3002]) rest(exchange, { priceCents });
  const answer = exchange.enter(anOrder({ ordType: 'MARKET', quantity: 300, protectionPriceCents: 3150 }));
  expect(story(answer)).toEqual(['NEW', 'TRADE 100@3001', 'RESTATED 3001']);
  expect(exchange.marketData(['PETR4']).quotes[0]).toMatchObject({ bidCents: 3001, bidQty: 200 });
});

test('a MARKET order trades no further than its protection', () => {
  const exchange = anExchange();
  for (const priceCents of [3001, 3100]) rest(exchange, { priceCents });
  const answer = exchange.enter(anOrder({ ordType: 'MARKET', quantity: 200, protectionPriceCents: 3050 }));
  expect(story(answer)).toEqual(['NEW', 'TRADE 100@3001', 'RESTATED 3001']);
});

test.each([
  ['the last price', undefined, 'RESTATED 3000'],
  ['its protection when that is nearer', 2990, 'RESTATED 2990'],
])('a MARKET order in an empty book rests at %s', (_name, protectionPriceCents, expected) => {
  const answer = anExchange().enter(anOrder({ ordType: 'MARKET', protectionPriceCents }));
  expect(story(answer)).toEqual(['NEW', expected]);
});

test('a MARKET order without protection keeps to the band', () => {
  const exchange = anExchange();
  rest(exchange, { priceCents: 3601 });
  expect(story(exchange.enter(anOrder({ ordType: 'MARKET', timeInForce: 'IOC' })))).toEqual([
    'NEW',
    'CANCELED IOC_REMAINDER',
  ]);
});

test('an order that meets its own account is cancelled with what is left', () => {
  const exchange = anExchange();
  rest(exchange, { account: 'bruno' });
  rest(exchange, { account: 'ana' });
  const answer = exchange.enter(anOrder({ quantity: 300 }));
  expect(story(answer)).toEqual(['NEW', 'TRADE 100@3000', 'CANCELED SELF_TRADE']);
  expect(answer).toMatchObject({ ordStatus: 'CANCELED', cumQty: 100, leavesQty: 0 });
});

test('a stop waits until the last price reaches it, then trades as a market order', () => {
  const exchange = anExchange();
  const stop = exchange.enter(
    anOrder({ account: 'carla', ordType: 'STOP', stopPriceCents: 3010, protectionPriceCents: 3160 }),
  );
  expect(story(stop)).toEqual(['NEW']);
  rest(exchange, { priceCents: 3009 });
  exchange.enter(anOrder({ priceCents: 3009 }));
  expect(exchange.state(stop.clOrdId)?.executions).toHaveLength(1);
  rest(exchange, { priceCents: 3010 });
  rest(exchange, { priceCents: 3011 });
  exchange.enter(anOrder({ priceCents: 3010 }));
  const state = exchange.state(stop.clOrdId);
  expect(story(state ?? { executions: [] })).toEqual(['NEW', 'TRIGGERED', 'TRADE 100@3011']);
});

test('stops trigger one another, nearest first', () => {
  const exchange = anExchange();
  const far = exchange.enter(anOrder({ account: 'c', side: 'SELL', ordType: 'STOP', stopPriceCents: 2980 }));
  const near = exchange.enter(anOrder({ account: 'd', side: 'SELL', ordType: 'STOP', stopPriceCents: 2990 }));
  for (const priceCents of [2990, 2980, 2970]) rest(exchange, { side: 'BUY', priceCents });
  exchange.enter(anOrder({ side: 'SELL', priceCents: 2990 }));
  expect(story(exchange.state(near.clOrdId) ?? { executions: [] })).toEqual(['NEW', 'TRIGGERED', 'TRADE 100@2980']);
  expect(story(exchange.state(far.clOrdId) ?? { executions: [] })).toEqual(['NEW', 'TRIGGERED', 'TRADE 100@2970']);
});

test('a triggered stop limit rests at its limit', () => {
  const exchange = anExchange();
  const stop = exchange.enter(anOrder({ account: 'c', ordType: 'STOP_LIMIT', stopPriceCents: 3010, priceCents: 3012 }));
  rest(exchange, { priceCents: 3010 });
  exchange.enter(anOrder({ priceCents: 3010 }));
  expect(exchange.state(stop.clOrdId)).toMatchObject({ ordStatus: 'NEW', priceCents: 3012, leavesQty: 100 });
  expect(exchange.marketData(['PETR4']).quotes[0]).toMatchObject({ bidCents: 3012, bidQty: 100 });
});

test('a stop limit that triggers in a band it does not fit is cancelled', () => {
  const exchange = anExchange();
  const stop = exchange.enter(anOrder({ account: 'c', ordType: 'STOP_LIMIT', stopPriceCents: 3010, priceCents: 4000 }));
  rest(exchange, { priceCents: 3010 });
  exchange.enter(anOrder({ priceCents: 3010 }));
  expect(story(exchange.state(stop.clOrdId) ?? { executions: [] })).toEqual([
    'NEW',
    'TRIGGERED',
    'CANCELED PRICE_OUT_OF_BAND',
  ]);
});
