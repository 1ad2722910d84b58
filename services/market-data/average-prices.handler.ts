import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createTables } from '../platform/tables.ts';
import { averagePrices } from './average-prices.ts';
import { type AverageWindow, gatherTicks } from './average-window.ts';
import { createPriceBucketsStore } from './price-buckets-store.ts';
import { createStockPricesStore } from './stock-prices-store.ts';
import { failuresOf, readTicks } from './tick-record.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html */
interface TumblingWindowEvent extends KinesisStreamEvent {
  readonly state: AverageWindow | null;
  /** The last of the window, without records; or its state has grown too large, and it ends early. */
  readonly isFinalInvokeForWindow: boolean;
  readonly isWindowTerminatedEarly: boolean;
}

interface TumblingWindowResponse extends KinesisStreamBatchResponse {
  readonly state: AverageWindow;
}

const config = readConfig(['STOCK_PRICES_TABLE', 'PRICE_BUCKETS_TABLE']);
const tables = createTables(dynamodb);
const books = {
  prices: createStockPricesStore(tables, config.STOCK_PRICES_TABLE),
  buckets: createPriceBucketsStore(tables, config.PRICE_BUCKETS_TABLE, Date.now),
};

export async function handler(event: TumblingWindowEvent): Promise<TumblingWindowResponse> {
  const { ticks, unreadable } = readTicks(event.Records, log);
  const window = gatherTicks(event.state ?? {}, ticks);
  const hasEnded = event.isFinalInvokeForWindow || event.isWindowTerminatedEarly;
  if (hasEnded) await averagePrices(window, books);
  return { state: hasEnded ? {} : window, ...failuresOf(unreadable) };
}
