import type { CandleInterval } from '@brokerage/contracts/rest/prices';
import type { Candle } from '@brokerage/domain/market-data/candle';
import type { Tables } from '../platform/tables.ts';

export interface CandleKey {
  readonly symbol: string;
  readonly interval: CandleInterval;
  readonly startMs: number;
}

/** A candle as it is stored. `version` counts its writes. */
export type StoredCandle = Candle & { readonly startMs: number; readonly version: number };

export interface CandlesStore {
  /** Those of the keys that are there, by `candleKeyText`. */
  find(keys: readonly CandleKey[]): Promise<ReadonlyMap<string, StoredCandle>>;
  /** False when the candle has another version by now; 0 stands for none. */
  save(key: CandleKey, candle: Candle, version: number): Promise<boolean>;
  /** Newest first: none that began before `fromMs`, and none but those that began before `beforeMs`. */
  list(
    series: Omit<CandleKey, 'startMs'>,
    range: { readonly fromMs: number; readonly beforeMs: number },
    limit: number,
  ): Promise<readonly StoredCandle[]>;
}

interface CandleItem extends StoredCandle {
  readonly series: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_BATCH_GET = 100;

const seriesOf = ({ symbol, interval }: Omit<CandleKey, 'startMs'>): string => `${symbol}#${interval}`;

export function candleKeyText(key: CandleKey): string {
  return `${seriesOf(key)}#${key.startMs}`;
}

export function createCandlesStore(tables: Pick<Tables, 'batchGet' | 'put' | 'query'>, table: string): CandlesStore {
  return {
    async find(keys) {
      const found = new Map<string, StoredCandle>();
      for (let start = 0; start < keys.length; start += MAX_BATCH_GET) {
        const asked = keys.slice(start, start + MAX_BATCH_GET);
        const items = await tables.batchGet<CandleItem>(
          asked.map((key) => ({ table, key: { series: seriesOf(key), startMs: key.startMs } })),
        );
        for (const item of items) found.set(`${item.series}#${item.startMs}`, item);
      }
      return found;
    },
    save: (key, candle, version) =>
      tables.put(
        table,
        { ...candle, series: seriesOf(key), startMs: key.startMs, version: version + 1 },
        version === 0
          ? { expression: 'attribute_not_exists(series)' }
          : { expression: 'version = :version', values: { ':version': version } },
      ),
    async list(series, { fromMs, beforeMs }, limit) {
      const { items } = await tables.query<CandleItem>({
        table,
        key: {
          expression: 'series = :series AND startMs BETWEEN :from AND :to',
          values: { ':series': seriesOf(series), ':from': fromMs, ':to': beforeMs - 1 },
        },
        limit,
        newestFirst: true,
      });
      return items;
    },
  };
}
