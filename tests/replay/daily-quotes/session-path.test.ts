import { seededRandom } from '@brokerage/simulators/outside/random';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DailyQuote } from './read-cotahist.ts';
import { sessionPath } from './session-path.ts';

const quotes: fc.Arbitrary<DailyQuote> = fc
  .record({
    low: fc.integer({ min: 1, max: 10_000 }),
    range: fc.nat(500),
    open: fc.nat(500),
    last: fc.nat(500),
    trades: fc.integer({ min: 4, max: 90_000 }),
    quantity: fc.integer({ min: 4, max: 1_000_000_000 }),
  })
  .map(({ low, range, open, last, trades, quantity }) => ({
    symbol: 'PETR4',
    name: '',
    isin: '',
    bdiCode: '02',
    marketType: '010',
    openCents: low + Math.min(open, range),
    highCents: low + range,
    lowCents: low,
    lastCents: low + Math.min(last, range),
    trades,
    quantity,
    turnoverCents: 0,
    quotationFactor: 1,
  }));

it('opens, rises, falls, closes and trades as the file says, whatever the seed', () => {
  fc.assert(
    fc.property(quotes, fc.nat(), (quote, seed) => {
      const path = sessionPath(quote, seededRandom(seed, 'path'));
      const prices = path.map(({ priceCents }) => priceCents);
      expect({
        openCents: prices[0],
        highCents: Math.max(...prices),
        lowCents: Math.min(...prices),
        lastCents: prices.at(-1),
        quantity: path.reduce((sum, { quantity }) => sum + quantity, 0),
      }).toMatchObject({
        openCents: quote.openCents,
        highCents: quote.highCents,
        lowCents: quote.lowCents,
        lastCents: quote.lastCents,
        quantity: quote.quantity,
      });
      expect(path.every(({ quantity }) => quantity >= 1)).toBe(true);
      expect(path.map(({ at }) => at)).toEqual(path.map(({ at }) => at).toSorted((one, other) => one - other));
    }),
  );
});
