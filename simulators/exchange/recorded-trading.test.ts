import { expect, test } from 'vitest';
import { anExchange, anOrder, rest, story } from '../testing/exchange-fixture.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { INSTRUMENTS } from './instruments.ts';

const [PETR4] = INSTRUMENTS;
if (PETR4 === undefined) throw new Error('nothing is listed');
const { quoted: _quoted, ...instrument } = PETR4;
const OLD = { ...instrument, symbol: 'TELB4', mainSymbol: 'TELB4', isin: 'BRTELBACNPR7', previousCloseCents: 500 };

const quoteOf = (exchange: ReturnType<typeof anExchange>, symbol: string) => exchange.marketData([symbol]).quotes[0];

test('recorded trades make the figures of a day, outside every band', () => {
  const exchange = anExchange();
  exchange.list([OLD]);
  const trades = [500, 900, 300, 310].map((priceCents) => ({ symbol: 'TELB4', priceCents, quantity: 100 }));
  exchange.tradeAsRecorded(trades);
  expect(quoteOf(exchange, 'TELB4')).toMatchObject({
    previousCloseCents: 500,
    openCents: 500,
    highCents: 900,
    lowCents: 300,
    lastCents: 310,
    tradedQty: 400,
    trades: 4,
    bidCents: null,
    askCents: null,
  });
});

test('the turnover of an instrument quoted per thousand is that of its quoted prices', () => {
  const exchange = anExchange();
  exchange.list([{ ...OLD, quotationFactor: 1_000 }]);
  exchange.tradeAsRecorded([
    { symbol: 'TELB4', priceCents: 19, quantity: 3 },
    { symbol: 'TELB4', priceCents: 20, quantity: 1 },
  ]);
  expect(quoteOf(exchange, 'TELB4')).toMatchObject({ tradedQty: 4, turnoverCents: 77 });
});

test('a listed instrument begins the day anew', () => {
  const exchange = anExchange();
  rest(exchange, {});
  exchange.enter(anOrder());
  exchange.list([{ ...instrument, previousCloseCents: 2_969 }]);
  expect(quoteOf(exchange, 'PETR4')).toMatchObject({ previousCloseCents: 2_969, openCents: null, tradedQty: 0 });
});

test('a member who rests at a better price trades first, with a report', () => {
  const exchange = anExchange();
  exchange.enter(anOrder({ clOrdId: 'mine', priceCents: 3_100 }));
  exchange.tradeAsRecorded([{ symbol: 'PETR4', priceCents: 3_000, quantity: 500 }]);
  const state = exchange.state('mine');
  expect(state && story(state)).toEqual(['NEW', 'TRADE 100@3100']);
  expect(quoteOf(exchange, 'PETR4')).toMatchObject({ lastCents: 3_000, tradedQty: 500 });
});

test('after a recorded day the makers quote around its last price, the noise traders leave its figures until the next', () => {
  const clock = new ManualClock();
  const exchange = anExchange({ clock, makers: true, noise: true });
  exchange.setMarket({ makers: false, noise: false });
  expect(exchange.traders).toEqual({ makers: false, noise: false });
  const others = INSTRUMENTS.filter(({ symbol }) => symbol !== 'VALE3');
  exchange.tradeAsRecorded(others.map(({ symbol }) => ({ symbol, priceCents: 2_910, quantity: 300 })));
  rest(exchange, { priceCents: 2_905 });
  exchange.setMarket({ makers: true, noise: true });
  const day = (afterMs: number) => {
    for (let atMs = afterMs; atMs < afterMs + 60_000; atMs += 1_000) {
      clock.setOffset(atMs);
      exchange.tick();
    }
  };
  day(0);
  expect(quoteOf(exchange, 'PETR3')).toMatchObject({ lastCents: 2_910, bidCents: 2_909, askCents: 2_911, trades: 1 });
  expect(quoteOf(exchange, 'PETR4')).toMatchObject({ bidCents: 2_904, askCents: 2_905, trades: 1 });
  expect(quoteOf(exchange, 'VALE3')?.trades).toBeGreaterThan(30);
  day(24 * 3_600_000);
  expect(quoteOf(exchange, 'VALE3')?.trades).toBeLessThan(30);
});

test('the makers leave instruments of recorded days alone, also when they come back', () => {
  const exchange = anExchange({ makers: true });
  exchange.setMarket({ makers: false });
  exchange.list([OLD]);
  exchange.tradeAsRecorded([{ symbol: 'TELB4', priceCents: 500, quantity: 100 }]);
  exchange.setMarket({ makers: true });
  exchange.tick();
  expect(quoteOf(exchange, 'TELB4')).toMatchObject({ bidCents: null, askCents: null });
  expect(quoteOf(exchange, 'PETR4')).toMatchObject({ bidCents: 2_999, askCents: 3_001 });
});
