import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { createAuditTrailReader } from '../platform/audit-item.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { s3 } from '../platform/aws/s3.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createObjectBucket } from '../platform/object-bucket.ts';
import { orderEventOf } from '../platform/order-event-queue.ts';
import { createPostpone } from '../platform/queue.ts';
import { eachMessage, type QueueMessage, queueWorker } from '../platform/queue-worker.ts';
import { createTables } from '../platform/tables.ts';
import { writeReceipt } from './write-receipt.ts';

const config = readConfig(['RECEIPTS_BUCKET', 'AUDIT_TABLE', 'REPORTS_QUEUE_URL']);
const ports = {
  bucket: createObjectBucket(s3, config.RECEIPTS_BUCKET),
  readAuditTrail: createAuditTrailReader(createTables(dynamodb), config.AUDIT_TABLE),
};

export const handler = queueWorker({
  parse: orderEventOf,
  process: eachMessage(({ body }: QueueMessage<OrderEventMessage>) => writeReceipt(body, ports)),
  postpone: createPostpone(sqs, config.REPORTS_QUEUE_URL),
});
