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
const PRICE_CENTS = 3_000;
const TRADE_EVERY_MS = 1000 / STREAM_TICKS_PER_SECOND;
const DELIVERY_MS = 100;

/**
 * First trades happen at the exchange, 50 a second, with one listener a key, each following 20 symbols: how old a price is when it comes. Then,
 * without listeners, 2,000 a second come as the exchange's webhook brings them: how long after the last one the table is up to date.
 */
export async function benchStream({ apiPort, awsPort, exchangePort }: StackProcess, apiKeys: readonly string[]) {
  const tables = createTables(
    new DynamoDBClient({
      endpoint: `http://127.0.0.1:${awsPort}`,
      region: 'sa-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
  );
  const { items } = await tables.scan<{ symbol: string }>({ table: 'Instruments' });
  const symbols = items.slice(0, SYMBOLS).map(({ symbol }) => symbol);
  const listeners = new StreamListeners();
  await listeners.open(apiPort, apiKeys, symbols);
  await quietMarket(exchangePort);
  await tradeFor(WARM_UP_MS, exchangePort, symbols);
  await delay(1_000);
  listeners.forget();
  await tradeFor(MEASURE_MS, exchangePort, symbols);
  await delay(1_000);
  const streamed = {
    streamClients: apiKeys.length,
    streamP50Ms: percentile(listeners.latencyMs, 50),
    streamP99Ms: percentile(listeners.latencyMs, 99),
    streamFramesPerSecond: Math.round(listeners.frames / (MEASURE_MS / 1000)),
  };
  listeners.close();

  const feed = new TickFeed(apiPort, symbols);
  const tookMs = await feed.run(TABLE_TICKS_PER_SECOND, DELIVERY_MS, MEASURE_MS);
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
    ticksPerSecond: Math.round(feed.count / (tookMs / 1000)),
    tableBehindMs: Math.round(performance.now() - sentMs),
  };
}

/** Only the trades of this run, and no quotes that they would meet. */
async function quietMarket(exchangePort: number): Promise<void> {
  await askPanel(exchangePort, 'PUT', 'market', { makers: false, noise: false });
}

/** One trade at a time, of each symbol in turn, at the exchange itself. */
async function tradeFor(durationMs: number, exchangePort: number, symbols: readonly string[]): Promise<void> {
  const startMs = performance.now();
  const under: Promise<void>[] = [];
  for (let count = 0; count * TRADE_EVERY_MS < durationMs; count += 1) {
    await delay(Math.max(0, startMs + count * TRADE_EVERY_MS - performance.now()));
    const trade = { symbol: symbols[count % symbols.length], priceCents: PRICE_CENTS + (count % 50), quantity: 100 };
    under.push(askPanel(exchangePort, 'POST', 'trades', { trades: [trade] }));
  }
  await Promise.all(under);
}

async function askPanel(exchangePort: number, method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${exchangePort}/admin/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the exchange answers ${answer.status} to ${path}: ${await answer.text()}`);
  await answer.arrayBuffer();
}
