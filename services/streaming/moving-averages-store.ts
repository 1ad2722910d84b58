import type { Tables } from '../platform/tables.ts';

/** Five-minute averages of symbols in centavos; symbols without one are left out. */
export type ReadAverages = (symbols: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/** The average itself moves every ten seconds. */
const AVERAGE_TTL_MS = 1_000;
/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_BATCH_GET = 100;

interface PriceItem {
  readonly symbol: string;
  readonly movingAverageCents?: number | null;
}

/** Reads the averages of all symbols that were ever asked for together, once a second at most, and of a new one when it comes. */
export function createMovingAverages(tables: Pick<Tables, 'batchGet'>, table: string, now: () => number): ReadAverages {
  const known = new Set<string>();
  let averages: ReadonlyMap<string, number> = new Map();
  let untilMs = 0;
  return async (symbols) => {
    const isComplete = symbols.every((symbol) => known.has(symbol));
    if (isComplete && now() < untilMs) return averages;
    for (const symbol of symbols) known.add(symbol);
    untilMs = now() + AVERAGE_TTL_MS;
    averages = await readAverages(tables, table, [...known]);
    return averages;
  };
}

async function readAverages(
  tables: Pick<Tables, 'batchGet'>,
  table: string,
  symbols: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const averages = new Map<string, number>();
  for (let start = 0; start < symbols.length; start += MAX_BATCH_GET) {
    const keys = symbols.slice(start, start + MAX_BATCH_GET).map((symbol) => ({ table, key: { symbol } }));
    for (const { symbol, movingAverageCents } of await tables.batchGet<PriceItem>(keys)) {
      if (typeof movingAverageCents === 'number') averages.set(symbol, movingAverageCents);
    }
  }
  return averages;
}
