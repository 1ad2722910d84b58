import { expect, test } from 'vitest';
import { anExchange, anOrder, rest } from '../testing/exchange-fixture.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { goodTillDateEndMs, sessionAt } from './sessions.ts';

const SESSION_END = Date.parse('2026-11-24T21:00:00Z');
const DAY_MS = 86_400_000;

test('DAY expires at the end of its session, GTD at that of its date, GTC never', () => {
  const clock = new ManualClock(SESSION_END - 1);
  const exchange = anExchange({ clock });
  exchange.enter(anOrder({ clOrdId: 'day', quantity: 300 }));
  exchange.enter(anOrder({ clOrdId: 'gtd', timeInForce: 'GTD', expireDate: '2026-11-25' }));
  exchange.enter(anOrder({ clOrdId: 'gtc', timeInForce: 'GTC' }));
  exchange.enter(anOrder({ clOrdId: 'stop', ordType: 'STOP', stopPriceCents: 3010 }));
  rest(exchange, {});
  exchange.tick();
  expect(exchange.state('day')).toMatchObject({ ordStatus: 'PARTIALLY_FILLED' });

  clock.setOffset(1);
  exchange.tick();
  expect(exchange.state('day')).toMatchObject({ ordStatus: 'EXPIRED', cumQty: 100, leavesQty: 0 });
  expect(exchange.state('stop')?.ordStatus).toBe('EXPIRED');
  expect(exchange.state('day')?.executions.at(-1)).toMatchObject({
    transactTimeMs: SESSION_END,
    tradeDate: '2026-11-24',
  });
  expect(exchange.state('gtd')?.ordStatus).toBe('NEW');

  clock.setOffset(30 * DAY_MS);
  exchange.tick();
  expect(exchange.state('gtd')).toMatchObject({ ordStatus: 'EXPIRED' });
  expect(exchange.state('gtd')?.executions.at(-1)).toMatchObject({ tradeDate: '2026-11-25' });
  expect(exchange.state('gtc')?.ordStatus).toBe('NEW');
});

test('an order that has expired is not traded with by the command that finds it out', () => {
  const clock = new ManualClock();
  const exchange = anExchange({ clock });
  exchange.enter(anOrder({ clOrdId: 'day' }));
  clock.setOffset(DAY_MS);
  expect(rest(exchange, {}).ordStatus).toBe('NEW');
  expect(exchange.state('day')?.ordStatus).toBe('EXPIRED');
});

test('a new trade date takes the last price as previous close and counts anew', () => {
  const clock = new ManualClock();
  const exchange = anExchange({ clock });
  rest(exchange, { priceCents: 3010 });
  exchange.enter(anOrder({ priceCents: 3010 }));
  expect(exchange.marketData(['PETR4']).quotes[0]).toMatchObject({
    previousCloseCents: 3000,
    tradedQty: 100,
    openCents: 3010,
  });
  clock.setOffset(DAY_MS);
  expect(exchange.marketData(['PETR4']).quotes[0]).toMatchObject({
    previousCloseCents: 3010,
    tradedQty: 0,
    openCents: null,
    lastCents: 3010,
  });
});

test.each([
  ['2026-11-24T20:59:59Z', '2026-11-24', '2026-11-24T21:00:00Z'],
  ['2026-11-24T21:00:00Z', '2026-11-25', '2026-11-25T21:00:00Z'],
  ['2026-11-27T21:00:00Z', '2026-11-30', '2026-11-30T21:00:00Z'],
  ['2026-02-14T12:00:00Z', '2026-02-18', '2026-02-18T21:00:00Z'],
  ['2026-04-03T12:00:00Z', '2026-04-06', '2026-04-06T21:00:00Z'],
  ['2026-06-04T12:00:00Z', '2026-06-05', '2026-06-05T21:00:00Z'],
  ['2026-12-31T12:00:00Z', '2027-01-04', '2027-01-04T21:00:00Z'],
])('round the clock, %s belongs to %s, which ends at %s', (instant, tradeDate, ends) => {
  expect(sessionAt('ROUND_THE_CLOCK', Date.parse(instant))).toMatchObject({ tradeDate, endsAtMs: Date.parse(ends) });
});

test.each([
  ['2026-11-24', '2026-11-24T21:00:00Z'],
  ['2026-11-29', '2026-11-27T21:00:00Z'],
  ['2026-03-10', '2026-03-10T20:00:00Z'],
])("by B3's hours the last session up to %s ends at %s", (date, ends) => {
  expect(goodTillDateEndMs('B3', date)).toBe(Date.parse(ends));
});
