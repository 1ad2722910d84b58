import { dynamodb } from '../platform/aws/dynamodb.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { orderEventOf } from '../platform/order-event-queue.ts';
import { createPostpone } from '../platform/queue.ts';
import { queueWorker, wholeBatch } from '../platform/queue-worker.ts';
import { createTables } from '../platform/tables.ts';
import { notify } from './notify.ts';

const config = readConfig(['OUTBOX_TABLE', 'NOTIFICATIONS_QUEUE_URL']);
const tables = createTables(dynamodb);

export const handler = queueWorker({
  parse: orderEventOf,
  process: wholeBatch((events) => notify(events, (items) => tables.batchPut(config.OUTBOX_TABLE, items))),
  postpone: createPostpone(sqs, config.NOTIFICATIONS_QUEUE_URL),
});
