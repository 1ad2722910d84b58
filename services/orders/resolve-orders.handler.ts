import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createPostpone } from '../platform/queue.ts';
import { eachMessage, type QueueMessage, queueWorker } from '../platform/queue-worker.ts';
import { type FollowUp, parseFollowUp } from './order-message.ts';
import { createRequestTools } from './request-wiring.ts';
import { resolveOrder } from './resolve-orders.ts';

const config = readConfig(['IN_DOUBT_ORDERS_QUEUE_URL']);
const tools = createRequestTools();

export const handler = queueWorker<FollowUp>({
  parse: parseFollowUp,
  process: eachMessage(async ({ body }: QueueMessage<FollowUp>) => {
    const { orderId, correlationId, tries } = body;
    log.info('order asked about', { orderId, correlationId, tries, resolution: await resolveOrder(tools, body) });
  }),
  postpone: createPostpone(sqs, config.IN_DOUBT_ORDERS_QUEUE_URL),
});
