import { expect, test } from 'vitest';
import { anExchange, anOrder, story } from '../testing/exchange-fixture.ts';
import { ManualClock } from '../testing/manual-clock.ts';

const quoteOf = (exchange: ReturnType<typeof anExchange>, symbol: string) => exchange.marketData([symbol]).quotes[0];

test.each([
  ['PETR4', 2999, 3001, 10_000],
  ['VALE3', 6049, 6051, 10_000],
  ['PETR4F', 2999, 3001, 99],
  ['BOVA11', 14_249, 14_251, 10_000],
])('%s opens with quotes at %i and %i', (symbol, bidCents, askCents, atLeast) => {
  const quote = quoteOf(anExchange({ makers: true }), symbol);
  expect(quote).toMatchObject({ bidCents, askCents });
  expect(quote?.askQty).toBeGreaterThanOrEqual(atLeast);
});

test('a delisted instrument is not quoted', () => {
  expect(quoteOf(anExchange({ makers: true }), 'VALE5')).toMatchObject({ bidCents: null, askCents: null });
});

test('small orders fill at the best quote again and again, and only members get reports', () => {
  const exchange = anExchange({ makers: true });
  for (let count = 0; count < 300; count += 1) {
    expect(story(exchange.enter(anOrder({ priceCents: 3025 })))).toEqual(['NEW', 'TRADE 100@3001']);
  }
  exchange.commit();
  expect(exchange.reportsSince(0, 1_000)).toHaveLength(600);
  expect(quoteOf(exchange, 'PETR4')?.askQty).toBeGreaterThanOrEqual(10_000);
});

test('an order that takes whole levels moves the market, and what is left of it is the new best bid', () => {
  const exchange = anExchange({ makers: true });
  const answer = exchange.enter(anOrder({ quantity: 200_000, priceCents: 3025 }));
  expect(answer.executions.filter(({ execType }) => execType === 'TRADE')).toHaveLength(5);
  expect(answer.ordStatus).toBe('PARTIALLY_FILLED');
  expect(quoteOf(exchange, 'PETR4')).toMatchObject({ bidCents: 3025, askCents: 3026 });
  expect(quoteOf(exchange, 'PETR4F')).toMatchObject({ bidCents: 3024, askCents: 3026 });
});

async function anHourOfNoise(seed: number): Promise<string> {
  const clock = new ManualClock();
  const exchange = anExchange({ clock, seed, makers: true, noise: true });
  for (let second = 0; second < 3_600; second += 1) {
    clock.setOffset(second * 1_000);
    exchange.tick();
  }
  return JSON.stringify(exchange.marketData());
}

test('noise moves prices by trades, a little, and the same seed gives the same hour', async () => {
  const [first, again, other] = [await anHourOfNoise(7), await anHourOfNoise(7), await anHourOfNoise(8)];
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  const { quotes } = JSON.parse(first);
  const traded = quotes.filter((quote: { trades: number }) => quote.trades > 0);
  expect(traded.length).toBeGreaterThan(20);
  for (const { lastCents, previousCloseCents } of traded) {
    expect(Math.abs(lastCents - previousCloseCents)).toBeLessThan(0.02 * previousCloseCents);
  }
});

test('a member who rests a bid is filled when the market comes down to it', () => {
  const exchange = anExchange({ makers: true });
  exchange.enter(anOrder({ clOrdId: 'bid', priceCents: 2990 }));
  exchange.setMarket({ openingCents: { PETR4: 2950 } });
  expect(exchange.state('bid')).toMatchObject({
    ordStatus: 'FILLED',
    executions: [{}, { lastPxCents: 2990, aggressor: false }],
  });
});

test('opening prices go to both books of a share unless the fractional one has its own; makers can leave', () => {
  const exchange = anExchange({ makers: true });
  exchange.setMarket({ openingCents: { PETR4: 782, VALE5F: 1413 }, makers: false });
  expect(quoteOf(exchange, 'PETR4F')).toMatchObject({ previousCloseCents: 782, bidCents: null, upperLimitCents: 938 });
  expect(quoteOf(exchange, 'VALE5F')?.previousCloseCents).toBe(1413);
  expect(quoteOf(exchange, 'VALE5')?.previousCloseCents).toBe(1410);
  exchange.setMarket({ makers: true });
  expect(quoteOf(exchange, 'PETR4')).toMatchObject({ bidCents: 781, askCents: 783 });
});
