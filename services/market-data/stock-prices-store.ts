import type { Tables } from '../platform/tables.ts';
import type { StockPrice, TickPrice } from './stock-price.ts';

/** The moving average of a symbol, as of its tick `seq` of `atMs`; null without trades in the window. */
export interface MovingAverage {
  readonly seq: number;
  readonly atMs: number;
  readonly averageCents: number | null;
}

export interface StockPricesPage {
  readonly prices: readonly StockPrice[];
  readonly lastSymbol: string | null;
}

export interface StockPricesStore {
  /** False when a tick as new is there already. */
  save(price: TickPrice): Promise<boolean>;
  /** False when a newer average is there already, or no price yet. */
  saveAverage(symbol: string, average: MovingAverage): Promise<boolean>;
  find(symbol: string): Promise<StockPrice | null>;
  /** A page of all, in the table's own order. */
  list(after: string | null, limit: number): Promise<StockPricesPage>;
}

type StockPricesTables = Pick<Tables, 'get' | 'scan' | 'update'>;

export function createStockPricesStore(tables: StockPricesTables, table: string): StockPricesStore {
  return {
    save({ symbol, ...fields }) {
      const names = Object.keys(fields);
      const update = {
        expression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        values: Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
      };
      return tables.update(table, { symbol }, update, { expression: 'attribute_not_exists(#seq) OR #seq < :seq' });
    },
    saveAverage: (symbol, { seq, atMs, averageCents }) =>
      tables.update(
        table,
        { symbol },
        {
          expression: 'SET movingAverageCents = :average, movingAverageAtMs = :atMs, movingAverageSeq = :seq',
          values: { ':average': averageCents, ':atMs': atMs, ':seq': seq },
        },
        {
          expression: 'attribute_exists(seq) AND (attribute_not_exists(movingAverageSeq) OR movingAverageSeq <= :seq)',
        },
      ),
    find: (symbol) => tables.get<StockPrice>(table, { symbol }),
    async list(after, limit) {
      const { items, lastKey } = await tables.scan<StockPrice>({
        table,
        limit,
        after: after === null ? null : { symbol: after },
      });
      return { prices: items, lastSymbol: lastKey ? String(lastKey.symbol) : null };
    },
  };
}
