import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrice, costOfSale } from './average.ts';
import { cents } from './cents.ts';
import { formatCents, parseDecimal } from './decimal.ts';
import { formatRate, percentRate, rate, truncatedShare } from './rate.ts';

describe('decimal amounts', () => {
  it.each([
    ['30.25', 3025],
    ['30', 3000],
    ['30.5', 3050],
    [30.25, 3025],
    [0.1, 10],
    ['-0.40', -40],
    ['0.00', 0],
    [-0, 0],
  ])('reads %o', (value, expected) => {
    expect(parseDecimal(value)).toBe(expected);
  });

  it.each([
    '30.255',
    30.255,
    '',
    ' 30',
    '30,25',
    '+1',
    '1e3',
    1e20,
    1e-7,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '.5',
    '5.',
    '12345678901234',
  ])('does not read %o', (value) => {
    expect(parseDecimal(value)).toBeNull();
  });

  it('reads back what it writes, and every number of two decimals', () => {
    const amounts = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseDecimal(formatCents(cents(amount)))).toBe(amount);
        expect(parseDecimal(amount / 100)).toBe(amount);
      }),
    );
  });

  it('refuses half a centavo', () => {
    expect(() => cents(0.5)).toThrow('whole number');
  });
});

describe('rates', () => {
  it.each([
    ['0.00500', 500, '0.00005'],
    ['0.02240', 2240, '0.000224'],
    ['5', 500_000, '0.05'],
    ['100', 10_000_000, '1'],
    ['0', 0, '0'],
  ])('%s %% is %i ten-millionths, shown as %s', (percent, tenMillionths, text) => {
    expect(percentRate(percent)).toBe(tenMillionths);
    expect(formatRate(rate(tenMillionths))).toBe(text);
  });

  it('truncates, as the sample note does: 0.005 % of 30,560.00 is 1.52', () => {
    expect(truncatedShare(cents(3_056_000), percentRate('0.005'))).toBe(152);
  });

  it('is exact where a product passes 2^53', () => {
    expect(truncatedShare(cents(9_007_199_254_740_991), percentRate('0.02240'))).toBe(2_017_612_633_061);
  });
});

describe('averages', () => {
  it.each([
    [300_060, 100, '30.0060'],
    [1, 3, '0.0033'],
    [2, 3, '0.0067'],
    [1, 200, '0.0001'],
    [0, 0, null],
  ])('%i centavos over %i shares is %s', (total, quantity, expected) => {
    expect(averagePrice(cents(total), quantity)).toBe(expected);
  });

  it('takes all the cost out with the last share, whatever the way there', () => {
    const property = fc.property(
      fc.nat({ max: 1e9 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      (total, sales) => {
        let held = sales.reduce((sum, sold) => sum + sold, 0);
        let cost = cents(total);
        for (const sold of sales) {
          cost = cents(cost - costOfSale(cost, sold, held));
          held -= sold;
          expect(cost).toBeGreaterThanOrEqual(0);
        }
        expect(cost).toBe(0);
      },
    );
    fc.assert(property);
  });
});
