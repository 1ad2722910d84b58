import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '@brokerage/services/platform/tables';
import { eventually } from '../stack/eventually.ts';
import { TickFeed } from '../stack/tick-feed.ts';
import type { StackProcess } from './bench-stack.ts';
import { percentile } from './percentile.ts';
import { StreamListeners } from './stream-listeners.ts';

const SYMBOLS = 20;
const STREAM_TICKS_PER_SECOND = 50;
const TABLE_TICKS_PER_SECOND = 2_000;
const WARM_UP_MS = 3_000;
const MEASURE_MS = 15_000;
const DELIVERY_MS = { stream: 20, table: 100 };

/**
 * Trades enter as the exchange's webhook brings them. First at 50 a second with one listener a key, each following 20 symbols: how old a price
 * is when it comes. Then, without listeners, at 2,000 a second: how long after the last one the table is up to date.
 */
export async function benchStream({ apiPort, awsPort }: StackProcess, apiKeys: readonly string[]) {
  const tables = createTables(
    new DynamoDBClient({
      endpoint: `http://127.0.0.1:${awsPort}`,
      region: 'sa-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
  );
  const { items } = await tables.scan<{ symbol: string }>({ table: 'Instruments' });
  const symbols = items.slice(0, SYMBOLS).map(({ symbol }) => symbol);
  const feed = new TickFeed(apiPort, symbols);
  const listeners = new StreamListeners();
  await listeners.open(apiPort, apiKeys, symbols);
  await feed.run(STREAM_TICKS_PER_SECOND, DELIVERY_MS.stream, WARM_UP_MS);
  await delay(1_000);
  listeners.forget();
  await feed.run(STREAM_TICKS_PER_SECOND, DELIVERY_MS.stream, MEASURE_MS);
  await delay(1_000);
  const streamed = {
    streamClients: apiKeys.length,
    streamP50Ms: percentile(listeners.latencyMs, 50),
    streamP99Ms: percentile(listeners.latencyMs, 99),
    streamFramesPerSecond: Math.round(listeners.frames / (MEASURE_MS / 1000)),
  };
  listeners.close();

  const before = feed.count;
  const tookMs = await feed.run(TABLE_TICKS_PER_SECOND, DELIVERY_MS.table, MEASURE_MS);
  const sentMs = performance.now();
  const sum = async () => {
    const found = await tables.batchGet<{ trades: number }>(
      symbols.map((symbol) => ({ table: 'StockPrices', key: { symbol } })),
    );
    return Math.max(...found.map(({ trades }) => trades));
  };
  await eventually('the table is up to date', sum, (trades) => trades === feed.count, 30_000);
  return {
    ...streamed,
    ticksPerSecond: Math.round((feed.count - before) / (tookMs / 1000)),
    tableBehindMs: Math.round(performance.now() - sentMs),
  };
}
