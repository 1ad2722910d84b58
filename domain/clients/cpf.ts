import type { Brand } from '../brand.ts';

/** Cadastro de Pessoas Físicas: eleven digits, the last two of which check the others. */
export type Cpf = Brand<string, 'Cpf'>;

const WRITTEN = /^(\d{3})\.?(\d{3})\.?(\d{3})-?(\d{2})$/;
const WITHIN_TEXT = /(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\d)/g;
const MODULUS = 11;
/** Weights of the first nine digits for the tenth, and of the first ten for the last, fall from here to 2. */
const FIRST_WEIGHTS = [10, 11] as const;

/** Reads `529.982.247-25` or `52998224725`; null for what the digits do not check, and for eleven equal digits, which they do. */
export function parseCpf(text: string): Cpf | null {
  const parts = WRITTEN.exec(text);
  if (!parts) return null;
  const digits = parts.slice(1).join('');
  if (/^(\d)\1+$/.test(digits)) return null;
  const isRight = FIRST_WEIGHTS.every((weight) => digits.charAt(weight - 1) === checkDigit(digits, weight));
  return isRight ? (digits as Cpf) : null;
}

/** Whether a CPF stands somewhere in a text, as it is mostly written. */
export function holdsCpf(text: string): boolean {
  return (text.match(WITHIN_TEXT) ?? []).some((candidate) => parseCpf(candidate) !== null);
}

/** Source: Receita Federal, modulo 11; a rest of 10 counts as 0. */
function checkDigit(digits: string, firstWeight: number): string {
  let sum = 0;
  for (let weight = firstWeight; weight > 1; weight -= 1) sum += Number(digits.charAt(firstWeight - weight)) * weight;
  return String(((sum * 10) % MODULUS) % 10);
}
