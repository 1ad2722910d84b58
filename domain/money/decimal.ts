import { type Cents, cents } from './cents.ts';

const DECIMAL = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;

/**
 * Reads an amount of reais as the API takes it: "30.25", "30", 30.25. Null for anything else: a third decimal,
 * an exponent, a plus sign, blanks, a comma, more than 13 digits. Exact: a number is read through its shortest text.
 */
export function parseDecimal(value: string | number): Cents | null {
  const match = DECIMAL.exec(String(value));
  if (!match) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const magnitude = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return cents(sign ? -magnitude : magnitude);
}

/** Writes an amount as every wire has it: "30.25", "-0.40". */
export function formatCents(amount: Cents): string {
  return formatScaled(amount, 2);
}

/** Writes a whole number of 10^-decimals as a decimal text with exactly that many decimals. */
export function formatScaled(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const sign = value < 0 ? '-' : '';
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
