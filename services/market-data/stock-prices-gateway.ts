import { epochMs } from '@brokerage/domain/calendar/instant';
import { cents } from '@brokerage/domain/money/cents';
import type { MarketSnapshot } from '@brokerage/domain/orders/market-snapshot';
import type { Tables } from '../platform/tables.ts';
import type { MarketDataGateway } from './market-data-gateway.ts';
import type { StockPrice } from './stock-price.ts';

/** Within this time one answer of a symbol serves all of an environment's orders. */
const FRESH_MS = 1_000;
/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_BATCH_GET = 100;

type Snapshots = ReadonlyMap<string, MarketSnapshot>;

/**
 * Prices as the feed has told them, at the age at which it did: when the feed is silent they grow old, whatever else the exchange answers. A symbol that
 * the feed has never told of is asked of the exchange. Once a second all symbols that were asked for in the second before are read together.
 */
export function createStockPricesGateway(
  tables: Pick<Tables, 'batchGet'>,
  table: string,
  exchange: MarketDataGateway,
  now: () => number = Date.now,
): MarketDataGateway {
  const asked = new Set<string>();
  let known = new Map<string, Promise<Snapshots>>();
  let untilMs = 0;

  function read(symbols: readonly string[]): void {
    const reading = readSnapshots(tables, table, symbols);
    for (const symbol of symbols) known.set(symbol, reading);
  }

  return {
    async snapshot(symbol) {
      if (now() >= untilMs) {
        known = new Map();
        untilMs = now() + FRESH_MS;
        read([...new Set([...asked, symbol])]);
        asked.clear();
      }
      asked.add(symbol);
      if (!known.has(symbol)) read([symbol]);
      try {
        const snapshot = (await known.get(symbol))?.get(symbol);
        return snapshot ?? (await exchange.snapshot(symbol));
      } catch (error) {
        untilMs = 0;
        throw error;
      }
    },
  };
}

async function readSnapshots(
  tables: Pick<Tables, 'batchGet'>,
  table: string,
  symbols: readonly string[],
): Promise<Snapshots> {
  const snapshots = new Map<string, MarketSnapshot>();
  for (let start = 0; start < symbols.length; start += MAX_BATCH_GET) {
    const keys = symbols.slice(start, start + MAX_BATCH_GET).map((symbol) => ({ table, key: { symbol } }));
    for (const price of await tables.batchGet<StockPrice>(keys)) snapshots.set(price.symbol, snapshotOf(price));
  }
  return snapshots;
}

function snapshotOf({ lastCents, previousCloseCents, bidCents, askCents, arrivedAtMs }: StockPrice): MarketSnapshot {
  const price = (amount: number | null) => (amount === null ? null : cents(amount));
  return {
    lastCents: price(lastCents),
    previousCloseCents: price(previousCloseCents),
    bidCents: price(bidCents),
    askCents: price(askCents),
    atMs: epochMs(arrivedAtMs),
  };
}
