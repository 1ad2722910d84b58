import { InputError } from '../input-error.ts';
import type { Line } from '../read-lines.ts';
import {
  dateOf,
  FILE_DATE,
  HEADER,
  numberOf,
  QUOTE,
  QUOTE_FIELDS,
  RECORD_LENGTH,
  TOTAL_RECORDS,
  TRAILER,
  textOf,
} from './cotahist-layout.ts';

/** One instrument's day. Prices in centavos for `quotationFactor` units; `quantity` in units. */
export interface DailyQuote {
  readonly symbol: string;
  readonly name: string;
  readonly isin: string;
  /** `02` round lot, `96` fractional, … */
  readonly bdiCode: string;
  /** `010` cash market, `020` fractional, `070` and `080` options, … */
  readonly marketType: string;
  readonly openCents: number;
  readonly highCents: number;
  readonly lowCents: number;
  readonly lastCents: number;
  readonly trades: number;
  readonly quantity: number;
  readonly turnoverCents: number;
  readonly quotationFactor: number;
}

export interface DailyQuotes {
  readonly date: string;
  readonly quotes: readonly DailyQuote[];
  /** What the file's end says is missing, or null. */
  readonly missing: string | null;
}

export interface CotahistOptions {
  /** Takes what is there of a file that was cut, instead of refusing it. */
  readonly allowPartial: boolean;
}

export function isCotahist(firstLine: string): boolean {
  return firstLine.startsWith(`${HEADER}COTAHIST`);
}

/** Reads and checks the whole file; nothing is returned unless all of it is sound. Throws InputError. */
export async function readCotahist(
  file: string,
  lines: AsyncIterable<Line>,
  { allowPartial }: CotahistOptions,
): Promise<DailyQuotes> {
  const reading = new CotahistReading(file);
  for await (const line of lines) reading.add(line);
  const missing = reading.missing();
  if (missing !== null && !allowPartial) throw new InputError(file, reading.lines, null, missing);
  return { date: reading.date, quotes: reading.quotes, missing };
}

class CotahistReading {
  readonly quotes: DailyQuote[] = [];
  date = '';
  lines = 0;
  readonly #file: string;
  #announced: number | undefined;
  #cutAt: number | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  add(line: Line): void {
    this.lines += 1;
    const type = line.text.slice(0, 2);
    if (this.#announced !== undefined) throw this.#error(line, null, 'there is more after the trailer');
    if (line.number === 1) this.#header(line, type);
    else if (!line.isEnded && line.text.length < RECORD_LENGTH) this.#cutAt = line.number;
    else if (line.text.length !== RECORD_LENGTH)
      throw this.#error(line, null, `the record has ${line.text.length} characters, not ${RECORD_LENGTH}`);
    else if (type === QUOTE) this.quotes.push(this.#quote(line));
    else if (type === TRAILER) this.#announced = this.#number(line, TOTAL_RECORDS);
    else throw this.#error(line, 'TIPREG', `"${type}" is no kind of record`);
  }

  /** The trailer's count includes header and trailer. */
  missing(): string | null {
    if (this.#cutAt !== undefined) return `the file was cut within the record of line ${this.#cutAt}`;
    if (this.#announced === undefined) return `the trailer is missing, after ${this.quotes.length} quotes`;
    if (this.#announced === this.lines) return null;
    return `the trailer announces ${this.#announced} records and there are ${this.lines}: ${this.#announced - this.lines} are missing`;
  }

  #header(line: Line, type: string): void {
    if (type !== HEADER) throw this.#error(line, 'TIPREG', 'the file does not begin with its header');
    const date = dateOf(line.text, FILE_DATE);
    if (date === undefined) throw this.#error(line, FILE_DATE.name, 'is no date');
    this.date = date;
  }

  #quote(line: Line): DailyQuote {
    const { text } = line;
    const number = (name: NumericField) => this.#number(line, QUOTE_FIELDS[name]);
    const date = dateOf(text, QUOTE_FIELDS.date);
    if (date !== this.date)
      throw this.#error(line, QUOTE_FIELDS.date.name, `is ${date ?? 'no date'}, while the file is of ${this.date}`);
    const quote = {
      symbol: textOf(text, QUOTE_FIELDS.symbol),
      name: textOf(text, QUOTE_FIELDS.name),
      isin: textOf(text, QUOTE_FIELDS.isin),
      bdiCode: textOf(text, QUOTE_FIELDS.bdiCode),
      marketType: textOf(text, QUOTE_FIELDS.marketType),
      openCents: number('openCents'),
      highCents: number('highCents'),
      lowCents: number('lowCents'),
      lastCents: number('lastCents'),
      trades: number('trades'),
      quantity: number('quantity'),
      turnoverCents: number('turnoverCents'),
      quotationFactor: number('quotationFactor'),
    };
    if (quote.symbol === '') throw this.#error(line, QUOTE_FIELDS.symbol.name, 'is empty');
    this.#checkPrices(line, quote);
    return quote;
  }

  /** B3's own files hold to it. */
  #checkPrices(line: Line, { openCents, highCents, lowCents, lastCents }: DailyQuote): void {
    for (const [name, cents] of [
      ['openCents', openCents],
      ['lastCents', lastCents],
    ] as const) {
      if (cents < lowCents || cents > highCents)
        throw this.#error(
          line,
          QUOTE_FIELDS[name].name,
          `${cents} centavos is not within ${lowCents} and ${highCents}`,
        );
    }
  }

  #number(line: Line, place: (typeof QUOTE_FIELDS)[NumericField] | typeof TOTAL_RECORDS): number {
    const value = numberOf(line.text, place);
    if (value !== undefined) return value;
    throw this.#error(line, place.name, `"${textOf(line.text, place)}" is no whole number`);
  }

  #error(line: Line, field: string | null, reason: string): InputError {
    return new InputError(this.#file, line.number, field, reason);
  }
}

type NumericField = Exclude<keyof typeof QUOTE_FIELDS, 'date' | 'symbol' | 'name' | 'isin' | 'bdiCode' | 'marketType'>;
