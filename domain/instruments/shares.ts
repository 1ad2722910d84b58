import { assert } from '../assert.ts';
import type { Brand } from '../brand.ts';

/** A signed whole number of shares: a quantity, or a posting of the share ledger. */
export type Shares = Brand<number, 'Shares'>;

export function shares(count: number): Shares {
  assert(Number.isSafeInteger(count), `${count} is not a whole number of shares`);
  return (count + 0) as Shares; // + 0 turns -0 into 0
}

export const ZERO_SHARES: Shares = shares(0);
