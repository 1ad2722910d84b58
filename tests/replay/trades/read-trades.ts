import { InputError } from '../input-error.ts';
import type { Line } from '../read-lines.ts';
import { TRADE_COLUMNS, TRADE_FIELD_RULES, type TradeRow, tradeRow } from './trade-columns.ts';

/** A trade of the regular session that was not cancelled. */
export interface MarketTrade {
  readonly symbol: string;
  /** Since the local midnight. */
  readonly timeMs: number;
  readonly priceCents: number;
  readonly quantity: number;
}

export interface DayTrades {
  readonly date: string;
  /** In order of time; those of an instrument in the exchange's own order. */
  readonly trades: readonly MarketTrade[];
  /** What the file's end says is missing, or null. */
  readonly missing: string | null;
}

export interface TradesOptions {
  /** Takes what is there of a file that was cut, instead of refusing it. */
  readonly allowPartial: boolean;
  /** Null: all. Others are checked and left out. */
  readonly symbols: ReadonlySet<string> | null;
}

/** Of a day's millions: what fits into memory with ease. */
const MOST_TRADES = 500_000;

const HEADERS = [0, 1].map((names) => TRADE_COLUMNS.map((column) => column[names] as string));

export function isTradesFile(firstLine: string): boolean {
  return HEADERS.some(([first]) => firstLine.startsWith(`${first};`));
}

/** Reads and checks the whole file; nothing is returned unless all of it is sound. Throws InputError. */
export async function readTrades(file: string, lines: AsyncIterable<Line>, options: TradesOptions): Promise<DayTrades> {
  const reading = new TradesReading(file, options.symbols);
  let missing: string | null = null;
  for await (const line of lines) {
    if (line.isEnded) reading.add(line);
    else missing = `the line has no end: the file was cut short here`;
    if (missing !== null && !options.allowPartial) throw new InputError(file, line.number, null, missing);
  }
  return { date: reading.date(), trades: reading.trades(), missing };
}

class TradesReading {
  readonly #file: string;
  readonly #symbols: ReadonlySet<string> | null;
  readonly #trades = new Map<string, TradeRow>();
  #columns: readonly string[] = [];
  #date: string | null = null;

  constructor(file: string, symbols: ReadonlySet<string> | null) {
    this.#file = file;
    this.#symbols = symbols;
  }

  add({ number, text }: Line): void {
    const fields = text.split(';');
    if (number === 1) {
      this.#columns = this.#header(fields);
      return;
    }
    const row = this.#row(number, fields);
    this.#date ??= row.referenceDate;
    if (row.referenceDate !== this.#date)
      throw this.#error(number, 0, `${row.referenceDate} in a file of ${this.#date}`);
    if (row.isRegular && (this.#symbols?.has(row.symbol) ?? true)) this.#book(number, row);
  }

  date(): string {
    if (this.#date !== null) return this.#date;
    throw new InputError(this.#file, null, null, 'there is no trade behind the header');
  }

  trades(): MarketTrade[] {
    return [...this.#trades.values()]
      .sort((one, other) => one.timeMs - other.timeMs || one.tradeId - other.tradeId)
      .map(({ symbol, timeMs, priceCents, quantity }) => ({ symbol, timeMs, priceCents, quantity }));
  }

  #header(fields: readonly string[]): readonly string[] {
    const names = HEADERS.find(([first]) => first === fields[0]) ?? (HEADERS[0] as string[]);
    const wrong = names.findIndex((name, index) => fields[index] !== name);
    if (wrong >= 0)
      throw new InputError(this.#file, 1, names[wrong] ?? null, `the header says "${fields[wrong] ?? ''}"`);
    return names;
  }

  #row(line: number, fields: readonly string[]): TradeRow {
    if (fields.length < this.#columns.length)
      throw this.#error(line, fields.length, `the record has ${fields.length} fields, not ${this.#columns.length}`);
    for (const [index, [pattern, meaning]] of TRADE_FIELD_RULES.entries()) {
      if (!pattern.test(fields[index] ?? '')) throw this.#error(line, index, `"${fields[index]}" is not ${meaning}`);
    }
    return tradeRow(fields);
  }

  /** A cancellation repeats the trade that it takes away. */
  #book(line: number, row: TradeRow): void {
    const key = `${row.symbol} ${row.tradeId}`;
    const former = this.#trades.get(key);
    if (row.isCancellation) {
      if (former === undefined) throw this.#error(line, 2, `there is no trade ${row.tradeId} of ${row.symbol} before`);
      this.#trades.delete(key);
      return;
    }
    if (former !== undefined) throw this.#error(line, 6, `${row.symbol} has a trade ${row.tradeId} already`);
    this.#trades.set(key, row);
    if (this.#trades.size > MOST_TRADES)
      throw this.#error(line, 1, `more than ${MOST_TRADES} trades: choose instruments by --symbols`);
  }

  #error(line: number, column: number, reason: string): InputError {
    return new InputError(this.#file, line, this.#columns[column] ?? null, reason);
  }
}
