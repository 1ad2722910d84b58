/**
 * B3's "Séries históricas" of 22/09/05: records of 245 characters, latin-1. Positions count from 1 and include both ends; prices have two
 * implied decimals, so that their digits are centavos.
 */
export const RECORD_LENGTH = 245;
export const HEADER = '00';
export const QUOTE = '01';
export const TRAILER = '99';

interface Field {
  /** B3's own name of it. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const field = (name: string, from: number, to: number): Field => ({ name, from, to });

export const FILE_DATE = field('DATA DA GERAÇÃO', 24, 31);
export const TOTAL_RECORDS = field('TOTAL DE REGISTROS', 32, 42);

export const QUOTE_FIELDS = {
  date: field('DATA DO PREGÃO', 3, 10),
  bdiCode: field('CODBDI', 11, 12),
  symbol: field('CODNEG', 13, 24),
  marketType: field('TPMERC', 25, 27),
  name: field('NOMRES', 28, 39),
  openCents: field('PREABE', 57, 69),
  highCents: field('PREMAX', 70, 82),
  lowCents: field('PREMIN', 83, 95),
  lastCents: field('PREULT', 109, 121),
  trades: field('TOTNEG', 148, 152),
  quantity: field('QUATOT', 153, 170),
  turnoverCents: field('VOLTOT', 171, 188),
  quotationFactor: field('FATCOT', 211, 217),
  isin: field('CODISI', 231, 242),
} as const;

export function textOf(record: string, { from, to }: Field): string {
  return record.slice(from - 1, to).trim();
}

/** Undefined when the field is not all digits, or more than a number can hold exactly. */
export function numberOf(record: string, { from, to }: Field): number | undefined {
  const text = record.slice(from - 1, to);
  const value = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
}

/** `2021-06-25`; undefined when it is no date. */
export function dateOf(record: string, place: Field): string | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(textOf(record, place));
  if (!match) return undefined;
  const date = `${match[1]}-${match[2]}-${match[3]}`;
  const instant = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date) ? date : undefined;
}
