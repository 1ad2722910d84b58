import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { auditRecord } from '../operations/audit-record.ts';
import { readConfig } from '../platform/config.ts';
import { sleep } from '../platform/pause.ts';
import { createOrderPushDesk } from './order-push-wiring.ts';
import { pushOrders } from './push-orders.ts';

/** Batches begin at least this far apart, so that under load what happens in between is one batch, whoever it is for. */
const BATCH_INTERVAL_MS = 20;

const desk = createOrderPushDesk(readConfig(['STREAM_ENDPOINT', 'STREAM_CONNECTIONS_TABLE', 'ORDER_STREAM_QUEUE_URL']));

/** The mapping must have ReportBatchItemFailures: Lambda then goes on from the record named. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const startedAtMs = Date.now();
  const failed = await pushOrders(Records.map(auditRecord), startedAtMs, desk);
  await sleep(Math.max(0, startedAtMs + BATCH_INTERVAL_MS - Date.now()));
  return { batchItemFailures: failed === null ? [] : [{ itemIdentifier: failed }] };
}
