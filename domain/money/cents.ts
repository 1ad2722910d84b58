import { assert } from '../assert.ts';
import type { Brand } from '../brand.ts';

/** Money and prices: a signed whole number of centavos of real. The only form of money inside. */
export type Cents = Brand<number, 'Cents'>;

/** Brands a whole number of centavos. Breaks on fractions and beyond 2^53, where integers stop being exact. */
export function cents(amount: number): Cents {
  assert(Number.isSafeInteger(amount), `${amount} is not a whole number of centavos`);
  return (amount + 0) as Cents; // + 0 turns -0 into 0
}

export const ZERO_CENTS: Cents = cents(0);

export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return cents(total);
}

export function maxCents(a: Cents, b: Cents): Cents {
  return a > b ? a : b;
}

export function minCents(a: Cents, b: Cents): Cents {
  return a < b ? a : b;
}
