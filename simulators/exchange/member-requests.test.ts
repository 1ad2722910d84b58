import { expect, test } from 'vitest';
import { anExchange, anOrder, rest, story } from '../testing/exchange-fixture.ts';

test('a repeated ClOrdID is answered with the first result, whatever happened since', () => {
  const exchange = anExchange();
  const order = anOrder({ quantity: 200 });
  const first = exchange.enter(order);
  rest(exchange, { priceCents: 3000 });
  expect(exchange.enter(order)).toEqual(first);
  expect(exchange.enter({ ...order, quantity: 900 })).toEqual(first);
  expect(exchange.state(order.clOrdId)).toMatchObject({ ordStatus: 'PARTIALLY_FILLED', cumQty: 100, leavesQty: 100 });
});

test('cancels and replacements too are done once', () => {
  const exchange = anExchange();
  const order = anOrder();
  exchange.enter(order);
  const replacement = { clOrdId: 'r', origClOrdId: order.clOrdId, quantity: 300 };
  const replaced = exchange.replace(replacement);
  const cancelled = exchange.cancel({ clOrdId: 'c', origClOrdId: order.clOrdId });
  expect(exchange.replace(replacement)).toEqual(replaced);
  expect(exchange.cancel({ clOrdId: 'c', origClOrdId: order.clOrdId })).toEqual(cancelled);
  expect(exchange.state('c')?.executions).toHaveLength(3);
});

test('a cancel by any ClOrdID of the order tells what was filled', () => {
  const exchange = anExchange();
  const order = anOrder({ quantity: 300 });
  exchange.enter(order);
  rest(exchange, {});
  exchange.replace({ clOrdId: 'r', origClOrdId: order.clOrdId, quantity: 200 });
  const answer = exchange.cancel({ clOrdId: 'c', origClOrdId: order.clOrdId });
  expect(answer).toMatchObject({ firstClOrdId: order.clOrdId, ordStatus: 'CANCELED', cumQty: 100, leavesQty: 0 });
  expect(answer.executions[0]).toMatchObject({ clOrdId: 'c', origClOrdId: order.clOrdId, cancelReason: 'REQUESTED' });
  expect(exchange.marketData(['PETR4']).quotes[0]?.bidCents).toBeNull();
  expect(exchange.state('c')).toMatchObject({ kind: 'CANCEL', currentClOrdId: 'r', ordStatus: 'CANCELED' });
});

test('a cancel that comes too late tells how the order ended', () => {
  const exchange = anExchange();
  const order = anOrder();
  exchange.enter(order);
  rest(exchange, {});
  const answer = exchange.cancel({ clOrdId: 'c', origClOrdId: order.clOrdId });
  expect(story(answer)).toEqual(['CANCEL_REJECTED TOO_LATE']);
  expect(answer).toMatchObject({ ordStatus: 'FILLED', cumQty: 100, leavesQty: 0 });
});

test('cancelling an unknown ClOrdID buries it: its late arrival is refused for ever', () => {
  const exchange = anExchange();
  const order = anOrder();
  const cancelled = exchange.cancel({ clOrdId: 'c', origClOrdId: order.clOrdId });
  expect(story(cancelled)).toEqual(['CANCELED TOMBSTONE']);
  expect(exchange.cancel({ clOrdId: 'c2', origClOrdId: order.clOrdId })).toMatchObject({
    ordStatus: 'CANCELED',
    cumQty: 0,
  });
  expect(exchange.state(order.clOrdId)).toMatchObject({ kind: 'TOMBSTONE', ordStatus: 'CANCELED', cumQty: 0 });
  const late = exchange.enter(order);
  expect(story(late)).toEqual(['REJECTED TOMBSTONE']);
  expect(exchange.enter(order)).toEqual(late);
  expect(story(exchange.state(order.clOrdId) ?? { executions: [] })).toEqual([
    'CANCELED TOMBSTONE',
    'CANCELED TOMBSTONE',
    'REJECTED TOMBSTONE',
  ]);
  expect(exchange.marketData(['PETR4']).quotes[0]?.bidCents).toBeNull();
});

test('a buried replacement is refused when it comes, and the order goes on', () => {
  const exchange = anExchange();
  const order = anOrder();
  exchange.enter(order);
  exchange.cancel({ clOrdId: 'c', origClOrdId: 'r' });
  const late = exchange.replace({ clOrdId: 'r', origClOrdId: order.clOrdId, quantity: 300 });
  expect(story(late)).toEqual(['REPLACE_REJECTED TOMBSTONE']);
  expect(late).toMatchObject({ firstClOrdId: order.clOrdId, ordStatus: 'NEW', leavesQty: 100 });
  expect(exchange.state('r')).toMatchObject({ kind: 'TOMBSTONE', ordStatus: 'CANCELED' });
  expect(exchange.state(order.clOrdId)).toMatchObject({ kind: 'ORDER', ordStatus: 'NEW', orderQty: 100 });
});

test('what is unknown cannot be replaced, and a cancel cannot be cancelled', () => {
  const exchange = anExchange();
  expect(story(exchange.replace({ clOrdId: 'r', origClOrdId: 'nothing', quantity: 200 }))).toEqual([
    'REPLACE_REJECTED UNKNOWN_ORDER',
  ]);
  exchange.cancel({ clOrdId: 'c', origClOrdId: 'nothing' });
  expect(story(exchange.cancel({ clOrdId: 'c2', origClOrdId: 'c' }))).toEqual(['CANCEL_REJECTED UNKNOWN_ORDER']);
  expect(exchange.state('never seen')).toBeUndefined();
});

test.each([
  ['a pure decrease keeps the priority', { quantity: 200 }, 'first'],
  ['the same terms keep it', {}, 'first'],
  ['an increase loses it', { quantity: 400 }, 'second'],
  ['another price loses it, the old one again does not bring it back', { priceCents: 2999 }, 'second'],
])('%s', (_name, change, expected) => {
  const exchange = anExchange();
  exchange.enter(anOrder({ clOrdId: 'first', quantity: 300 }));
  exchange.enter(anOrder({ clOrdId: 'second', account: 'carla', quantity: 300 }));
  exchange.replace({ clOrdId: 'r', origClOrdId: 'first', ...change });
  if ('priceCents' in change) exchange.replace({ clOrdId: 'r2', origClOrdId: 'r', priceCents: 3000 });
  rest(exchange, {});
  const filled = ['first', 'second'].filter((id) => exchange.state(id)?.cumQty === 100);
  expect(filled).toEqual([expected]);
});

test('the quantity of a replacement is the total, filled part included', () => {
  const exchange = anExchange();
  exchange.enter(anOrder({ clOrdId: 'o', quantity: 300 }));
  rest(exchange, {});
  const answer = exchange.replace({ clOrdId: 'o.2', origClOrdId: 'o', quantity: 500 });
  expect(answer).toMatchObject({ ordStatus: 'PARTIALLY_FILLED', cumQty: 100, leavesQty: 400 });
  expect(answer.executions[0]).toMatchObject({ execType: 'REPLACED', clOrdId: 'o.2', origClOrdId: 'o', orderQty: 500 });
});

test('a replacement that crosses the book trades at once', () => {
  const exchange = anExchange();
  exchange.enter(anOrder({ clOrdId: 'o' }));
  rest(exchange, { priceCents: 3005 });
  expect(story(exchange.replace({ clOrdId: 'o.2', origClOrdId: 'o', priceCents: 3010 }))).toEqual([
    'REPLACED',
    'TRADE 100@3005',
  ]);
});

test.each([
  ['INVALID_QUANTITY', { quantity: 100 }],
  ['INVALID_LOT', { quantity: 250 }],
  ['INVALID_ORDER', { stopPriceCents: 3100 }],
  ['INVALID_ORDER', { protectionPriceCents: 3100 }],
  ['PRICE_OUT_OF_BAND', { priceCents: 3601 }],
])('a replacement is refused with %s for %o, and the order stays', (reason, change) => {
  const exchange = anExchange();
  exchange.enter(anOrder({ clOrdId: 'o', quantity: 300 }));
  rest(exchange, {});
  const answer = exchange.replace({ clOrdId: 'o.2', origClOrdId: 'o', ...change });
  expect(story(answer)).toEqual([`REPLACE_REJECTED ${reason}`]);
  expect(exchange.state('o')).toMatchObject({ currentClOrdId: 'o', orderQty: 300, priceCents: 3000, leavesQty: 200 });
});

test('a waiting stop takes a new stop price, quantity and protection', () => {
  const exchange = anExchange();
  exchange.enter(
    anOrder({ clOrdId: 's', account: 'c', ordType: 'STOP', stopPriceCents: 3010, protectionPriceCents: 3160 }),
  );
  exchange.replace({
    clOrdId: 's.2',
    origClOrdId: 's',
    stopPriceCents: 3020,
    protectionPriceCents: 3170,
    quantity: 200,
  });
  expect(exchange.state('s')).toMatchObject({ stopPriceCents: 3020, orderQty: 200 });
  rest(exchange, { priceCents: 3010 });
  exchange.enter(anOrder({ priceCents: 3010 }));
  expect(exchange.state('s')?.executions.at(-1)?.execType).toBe('REPLACED');
  rest(exchange, { priceCents: 3020 });
  exchange.enter(anOrder({ priceCents: 3020 }));
  expect(exchange.state('s')?.executions.map(({ execType }) => execType)).toContain('TRIGGERED');
});

test('a member refused by the panel is refused for good', () => {
  const exchange = anExchange();
  const order = anOrder();
  expect(story(exchange.enter(order, true))).toEqual(['REJECTED REFUSED']);
  expect(story(exchange.enter(order))).toEqual(['REJECTED REFUSED']);
});
