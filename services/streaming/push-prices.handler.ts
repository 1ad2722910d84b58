import type { DynamoDBStreamEvent } from 'aws-lambda';
import { createManagementClient } from '../platform/aws/api-gateway-management.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { sleep } from '../platform/pause.ts';
import { createTables } from '../platform/tables.ts';
import { createSendFrame } from './connection-gateway.ts';
import { createPriceAudience } from './price-audience.ts';
import { PriceNews } from './price-news.ts';
import { readPrices } from './price-record.ts';
import { pushPrices } from './push-prices.ts';
import { createStreamConnectionsStore } from './stream-connections-store.ts';

/** Batches that told something are at least this far apart, so that what moves in between goes in one frame. */
const CONFLATION_MS = 50;

const config = readConfig(['STREAM_ENDPOINT', 'STREAM_CONNECTIONS_TABLE']);
const connections = createStreamConnectionsStore(createTables(dynamodb), config.STREAM_CONNECTIONS_TABLE);
const desk = {
  news: new PriceNews(),
  audience: createPriceAudience(connections.priceSubscribers, Date.now),
  send: createSendFrame(createManagementClient(config.STREAM_ENDPOINT)),
  remove: connections.remove,
  log,
};

export async function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  const startedAtMs = Date.now();
  if (await pushPrices(readPrices(Records), startedAtMs, desk)) {
    await sleep(Math.max(0, startedAtMs + CONFLATION_MS - Date.now()));
  }
}
