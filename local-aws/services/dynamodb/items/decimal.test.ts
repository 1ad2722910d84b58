import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addNumbers,
  canonicalNumber,
  compareNumbers,
  numberSizeBytes,
  numberSortKey,
  subtractNumbers,
} from './decimal.ts';

/** Any number DynamoDB holds, as a mantissa of up to 38 digits and a power of ten. */
const number = fc
  .tuple(fc.bigInt(-(10n ** 38n) + 1n, 10n ** 38n - 1n), fc.integer({ min: -130, max: 87 }))
  .map(([mantissa, power]) => canonicalNumber(`${mantissa}e${power}`));
const cents = fc.bigInt(-(10n ** 30n), 10n ** 30n);

function decimalOf(units: bigint): string {
  return canonicalNumber(`${units}e-2`);
}

describe('numbers', () => {
  it('sort as text as they sort as numbers', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const left = numberSortKey(a);
        const right = numberSortKey(b);
        const byText = left < right ? -1 : left > right ? 1 : 0;
        expect(byText).toBe(Math.sign(compareNumbers(a, b)));
      }),
      { seed: 1 },
    );
  });

  it('add and subtract exactly', () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(addNumbers(decimalOf(a), decimalOf(b))).toBe(decimalOf(a + b));
        expect(subtractNumbers(decimalOf(a), decimalOf(b))).toBe(decimalOf(a - b));
      }),
      { seed: 1 },
    );
  });

  it('have one text each', () => {
    fc.assert(
      fc.property(number, (text) => {
        expect(canonicalNumber(text)).toBe(text);
        expect(canonicalNumber(`${text.startsWith('-') ? '' : '+'}${text}e0`)).toBe(text);
      }),
      { seed: 1 },
    );
  });

  const sizes = {
    '0': 1,
    '1': 2,
    '-1': 3,
    '100': 2,
    '-120': 3,
    '123': 3,
    '0.05': 2,
    '10.5': 3,
    '-0.0012': 3,
    '1000.01': 4,
  };
  it.each(Object.entries(sizes))('%s counts for %d bytes', (text, sizeBytes) => {
    expect(numberSizeBytes(text)).toBe(sizeBytes);
  });
});
