import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createTables } from '../platform/tables.ts';
import { createCandlesStore } from './candles-store.ts';
import { failuresOf, readTicks } from './tick-record.ts';
import { updateCandles } from './update-candles.ts';

const config = readConfig(['CANDLES_TABLE']);
const candles = createCandlesStore(createTables(dynamodb), config.CANDLES_TABLE);

export async function handler({ Records }: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> {
  const { ticks, unreadable } = readTicks(Records, log);
  await updateCandles(ticks, candles);
  return failuresOf(unreadable);
}
