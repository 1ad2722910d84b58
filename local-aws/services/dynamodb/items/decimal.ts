import { validation } from '../validation.ts';

/** An exact decimal: coefficient × 10^exponent; the coefficient carries no trailing zero, and zero is 0 × 10^0. */
interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/**
 * DynamoDB's number: up to 38 significant digits, magnitude 1E-130 to 9.99…E+125.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
const MAX_DIGITS = 38;
const MAX_MAGNITUDE = 125;
const MIN_MAGNITUDE = -130;

/** Integers of up to 15 digits in canonical text: exact in a double, also after one addition. */
const SAFE_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
const NUMERIC = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/** The canonical text of a number as sent: plain notation without superfluous zeros. Refuses what DynamoDB cannot hold. */
export function canonicalNumber(text: string): string {
  return SAFE_INTEGER.test(text) ? text : format(checked(parse(text)));
}

export function addNumbers(a: string, b: string): string {
  if (SAFE_INTEGER.test(a) && SAFE_INTEGER.test(b)) return String(Number(a) + Number(b));
  const left = parse(a);
  const right = parse(b);
  const exponent = Math.min(left.exponent, right.exponent);
  return format(checked(reduced(scaled(left, exponent) + scaled(right, exponent), exponent)));
}

export function subtractNumbers(a: string, b: string): string {
  if (SAFE_INTEGER.test(a) && SAFE_INTEGER.test(b)) return String(Number(a) - Number(b));
  return addNumbers(a, b.startsWith('-') ? b.slice(1) : `-${b}`);
}

/** Negative, zero or positive, as for `Array.sort`. Both texts are canonical. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  if (SAFE_INTEGER.test(a) && SAFE_INTEGER.test(b)) return Number(a) - Number(b);
  const left = parse(a);
  const right = parse(b);
  const exponent = Math.min(left.exponent, right.exponent);
  return scaled(left, exponent) < scaled(right, exponent) ? -1 : 1;
}

/**
 * Text whose byte order is the numeric order. Positive: `1`, the biased power of ten, the digits. Negative: `0`, power and
 * digits complemented, and `~`, which sorts after every digit, as the end. Zero is `1` alone.
 */
export function numberSortKey(canonical: string): string {
  if (canonical === '0') return '1';
  const { coefficient, exponent } = parse(canonical);
  const negative = coefficient < 0n;
  const digits = String(negative ? -coefficient : coefficient);
  const power = String(digits.length + exponent + POWER_BIAS);
  return negative ? `0${complement(power)}${complement(digits)}~` : `1${power}${digits}`;
}

/** Bytes a number counts for: one for each two significant digits, and one; a negative one one more. */
export function numberSizeBytes(canonical: string): number {
  let first = -1;
  let last = -1;
  let point = -1;
  for (let index = 0; index < canonical.length; index++) {
    const code = canonical.charCodeAt(index);
    if (code === POINT_CODE) point = index;
    else if (code > ZERO_CODE) {
      if (first === -1) first = index;
      last = index;
    }
  }
  const digits = first === -1 ? 0 : last - first + (first < point && point < last ? 0 : 1);
  return Math.ceil(digits / 2) + (canonical.startsWith('-') ? 2 : 1);
}

/** Makes every power three digits long and positive. */
const POWER_BIAS = 500;

function parse(text: string): Decimal {
  if (text === '') throw validation('The parameter cannot be converted to a numeric value');
  const match = NUMERIC.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole + fraction === '') {
    throw validation(`The parameter cannot be converted to a numeric value: ${text}`);
  }
  const magnitude = BigInt(whole + fraction);
  return reduced(match[1] === '-' ? -magnitude : magnitude, Number(match[4] ?? 0) - fraction.length);
}

function reduced(coefficient: bigint, exponent: number): Decimal {
  if (coefficient === 0n) return { coefficient, exponent: 0 };
  const digits = String(coefficient);
  let zeros = 0;
  while (digits.charCodeAt(digits.length - 1 - zeros) === ZERO_CODE) zeros += 1;
  if (zeros === 0) return { coefficient, exponent };
  return { coefficient: BigInt(digits.slice(0, digits.length - zeros)), exponent: exponent + zeros };
}

function scaled(value: Decimal, exponent: number): bigint {
  return value.coefficient * 10n ** BigInt(value.exponent - exponent);
}

function checked(value: Decimal): Decimal {
  if (value.coefficient === 0n) return value;
  const digits = String(value.coefficient).replace('-', '').length;
  const magnitude = digits + value.exponent - 1;
  if (magnitude > MAX_MAGNITUDE) {
    throw validation('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (magnitude < MIN_MAGNITUDE) {
    throw validation('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (digits > MAX_DIGITS) throw validation('Attempting to store more than 38 significant digits in a Number');
  return value;
}

function format({ coefficient, exponent }: Decimal): string {
  const negative = coefficient < 0n;
  const digits = String(negative ? -coefficient : coefficient);
  const sign = negative ? '-' : '';
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent);
  const point = digits.length + exponent;
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  return `${sign}0.${'0'.repeat(-point)}${digits}`;
}

function complement(digits: string): string {
  let result = '';
  for (const digit of digits) result += 9 - Number(digit);
  return result;
}

const ZERO_CODE = 48;
const POINT_CODE = 46;
