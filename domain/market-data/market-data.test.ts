import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOON } from '../testing/builders.ts';
import {
  addTrade,
  type Candle,
  type CandleTrade,
  candleQuantity,
  candleStart,
  candleTrades,
  dayCandle,
} from './candle.ts';
import { addPrices, averageWindowStart, emptyBucket, isInAverageWindow, meanPrice } from './moving-average.ts';
import { isStale } from './price-staleness.ts';

/** Trades of one day in order, from prices and quantities. */
function tradesOf(given: readonly { readonly priceCents: number; readonly quantity: number }[]): CandleTrade[] {
  let dayQuantity = 500;
  return given.map(({ priceCents, quantity }, index) => {
    dayQuantity += quantity;
    return { seq: 10 + index * 3, priceCents, quantity, dayQuantity, dayTrades: 8 + index };
  });
}

const candleOf = (trades: readonly CandleTrade[]) => trades.reduce<Candle | null>(addTrade, null);
const someTrades = fc
  .array(fc.record({ priceCents: fc.integer({ min: 1, max: 9_999 }), quantity: fc.integer({ min: 1, max: 900 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map(tradesOf);

describe('a candle', () => {
  it('is what its trades were, in any order and however often they come', () => {
    const arrivals = someTrades.chain((trades) =>
      fc
        .array(fc.constantFrom(...trades), { maxLength: 10 })
        .chain((repeats) => fc.shuffledSubarray([...trades, ...repeats], { minLength: trades.length + repeats.length }))
        .map((arrived) => ({ trades, arrived })),
    );
    fc.assert(
      fc.property(arrivals, ({ trades, arrived }) => {
        const candle = candleOf(arrived);
        if (!candle) throw new Error('no candle');
        const prices = trades.map(({ priceCents }) => priceCents);
        expect({ ...candle, quantity: candleQuantity(candle), trades: candleTrades(candle) }).toMatchObject({
          openCents: prices[0],
          closeCents: prices.at(-1),
          highCents: Math.max(...prices),
          lowCents: Math.min(...prices),
          quantity: trades.reduce((sum, { quantity }) => sum + quantity, 0),
          trades: trades.length,
        });
      }),
    );
  });

  it('is the very same one after a trade that it knows', () => {
    const trades = tradesOf([3000, 3010, 2990].map((priceCents) => ({ priceCents, quantity: 100 })));
    const candle = candleOf(trades);
    for (const trade of trades) expect(addTrade(candle, trade)).toBe(candle);
  });

  it('begins anew with the day’s sums, and then ignores what came before', () => {
    const before = tradesOf([{ priceCents: 5000, quantity: 100 }]);
    const reopened = { seq: 99, priceCents: 3000, quantity: 200, dayQuantity: 200, dayTrades: 1 };
    const candle = candleOf([...before, reopened, ...before]);
    expect(candle).toMatchObject({ openCents: 3000, highCents: 3000, quantityBefore: 0, quantityAfter: 200 });
  });

  it('begins at a whole multiple of its length', () => {
    expect(candleStart(NOON + 299_999, 5)).toBe(NOON);
    expect(candleStart(NOON + 300_000, 5)).toBe(NOON + 300_000);
  });
});

describe('the candle of a day', () => {
  const figures = { lastCents: 2910, openCents: 2969, highCents: 2979, lowCents: 2895, tradedQty: 900, trades: 3 };

  it('is by the exchange’s figures, the newest ones', () => {
    const newest = dayCandle(null, 7, figures);
    expect(newest).toMatchObject({ openCents: 2969, highCents: 2979, lowCents: 2895, closeCents: 2910 });
    expect(dayCandle(newest, 6, { ...figures, lastCents: 1 })).toBe(newest);
    expect(dayCandle(newest, 7, figures)).toBe(newest);
    expect(dayCandle(newest, 8, { ...figures, lastCents: 2911 })?.closeCents).toBe(2911);
  });

  it('is not there before the first trade', () => {
    expect(dayCandle(null, 7, { ...figures, openCents: null })).toBeNull();
  });
});

describe('the moving average', () => {
  it('knows a price by its sequence number', () => {
    const prices = [
      { seq: 5, priceCents: 3001 },
      { seq: 2, priceCents: 3000 },
    ];
    const bucket = addPrices(emptyBucket(NOON), [...prices, ...prices]);
    expect(bucket).toEqual({ startMs: NOON, sumCents: 6001, count: 2, seen: [2, 5] });
    expect(addPrices(bucket, prices)).toBe(bucket);
  });

  it.each([
    [6001, 2, 3001],
    [9001, 3, 3000],
    [9002, 3, 3001],
    [0, 0, null],
  ])('of %i centavos over %i trades is %s', (sumCents, count, mean) => {
    expect(meanPrice([{ sumCents, count }])).toBe(mean);
  });

  it('goes over 30 buckets, the one under way included', () => {
    expect(averageWindowStart(NOON + 9_999)).toBe(NOON - 290_000);
    expect(isInAverageWindow(NOON - 290_000, NOON)).toBe(true);
    expect(isInAverageWindow(NOON - 290_001, NOON)).toBe(false);
    expect(isInAverageWindow(NOON + 10_000, NOON)).toBe(false);
  });
});

it('prices are stale after more than 15 seconds', () => {
  expect(isStale(NOON, NOON + 15_000)).toBe(false);
  expect(isStale(NOON, NOON + 15_001)).toBe(true);
});
