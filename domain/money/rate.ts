import { assert } from '../assert.ts';
import type { Brand } from '../brand.ts';
import { type Cents, cents } from './cents.ts';
import { formatScaled } from './decimal.ts';

/** A rate as an exact whole number of ten-millionths: 0.00500 % is 500. B3's rates have seven decimals at most. */
export type Rate = Brand<number, 'Rate'>;

const RATE_DECIMALS = 7;
const RATE_SCALE = 10 ** RATE_DECIMALS;

/** A rate given in ten-millionths. */
export function rate(tenMillionths: number): Rate {
  assert(Number.isSafeInteger(tenMillionths) && tenMillionths >= 0, `${tenMillionths} is not a rate`);
  return tenMillionths as Rate;
}

/** Reads a percentage as B3 prints it: "0.00500" (percent) is rate(500). */
export function percentRate(percent: string): Rate {
  const [whole = '', fraction = ''] = percent.split('.');
  assert(/^\d+$/.test(whole) && /^\d{0,5}$/.test(fraction), `"${percent}" is not a percentage with 5 decimals at most`);
  return rate(Number(whole + fraction.padEnd(RATE_DECIMALS - 2, '0')));
}

/** "0.00005" for rate(500): as a fraction of one, without trailing zeros. */
export function formatRate(value: Rate): string {
  return formatScaled(value, RATE_DECIMALS).replace(/\.?0+$/, '') || '0';
}

/**
 * Rule TRUNC_PER_COMPONENT: rate × amount, cut to whole centavos. B3 publishes no rounding rule; the one sample
 * note at hand truncates. In big integers, as a month's volume times a rate may pass 2^53.
 */
export function truncatedShare(amount: Cents, of: Rate): Cents {
  assert(amount >= 0, `a rate applies to an amount of at least zero, not ${amount}`);
  const product = amount * of;
  if (Number.isSafeInteger(product)) return cents(Math.floor(product / RATE_SCALE));
  return cents(Number((BigInt(amount) * BigInt(of)) / BigInt(RATE_SCALE)));
}
