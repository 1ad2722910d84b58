import type { Delivery } from '../../kernel/service.ts';
import { sendTo } from './send-message.ts';
import type { SqsContext } from './sqs-context.ts';
import { queueDoesNotExist } from './sqs-error.ts';

/** What SNS, EventBridge and others send to a queue's ARN; refusals are thrown for the sender to retry or dead-letter. */
export function deliverToQueue(context: SqsContext): (delivery: Delivery) => Promise<void> {
  return async ({ targetArn, body, attributes, principal }) => {
    const queue = context.queues.ofArn(targetArn);
    if (!queue) throw queueDoesNotExist();
    sendTo(context, queue, { MessageBody: body, ...(attributes ? { MessageAttributes: attributes } : {}) }, principal);
  };
}
