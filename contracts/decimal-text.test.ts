import { describe, expect, it } from 'vitest';
import { PositiveDecimal } from './decimal-text.ts';

describe('PositiveDecimal', () => {
  it.each([
    ['30.25', 3025],
    ['30.5', 3050],
    ['30', 3000],
    [30.25, 3025],
    [0.07, 7],
    ['0.01', 1],
    ['9999999999.99', 999_999_999_999],
  ])('reads %j as centavos', (text, amountCents) => {
    expect(PositiveDecimal.parse(text)).toBe(amountCents);
  });

  it.each(['30.255', 30.255, 0, '0.00', -1, '-1', 'NaN', '', ' 1', '1,5', 1e20, '1e3', '99999999999', null, true])(
    'refuses %j',
    (text) => {
      expect(PositiveDecimal.safeParse(text).success).toBe(false);
    },
  );
});
