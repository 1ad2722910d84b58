import { s3 } from '../platform/aws/s3.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createObjectBucket } from '../platform/object-bucket.ts';
import { orderEventOf } from '../platform/order-event-queue.ts';
import { createPostpone } from '../platform/queue.ts';
import { queueWorker, wholeBatch } from '../platform/queue-worker.ts';
import { archiveAudit } from './archive-audit.ts';

const config = readConfig(['AUDIT_ARCHIVE_BUCKET', 'AUDIT_TRAIL_QUEUE_URL']);
const bucket = createObjectBucket(s3, config.AUDIT_ARCHIVE_BUCKET);

export const handler = queueWorker({
  parse: orderEventOf,
  process: wholeBatch((events) => archiveAudit(events, bucket)),
  postpone: createPostpone(sqs, config.AUDIT_TRAIL_QUEUE_URL),
});
