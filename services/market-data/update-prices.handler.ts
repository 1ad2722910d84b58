import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createTables } from '../platform/tables.ts';
import { createStockPricesStore } from './stock-prices-store.ts';
import { failuresOf, readTicks } from './tick-record.ts';
import { updatePrices } from './update-prices.ts';

const config = readConfig(['STOCK_PRICES_TABLE']);
const prices = createStockPricesStore(createTables(dynamodb), config.STOCK_PRICES_TABLE);

export async function handler({ Records }: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> {
  const { ticks, unreadable } = readTicks(Records, log);
  const arrivals = Records.map(({ kinesis }) => Math.round(kinesis.approximateArrivalTimestamp * 1000));
  await updatePrices(ticks, Math.max(...arrivals), prices);
  return failuresOf(unreadable);
}
