import type { Delivery } from '../../kernel/service.ts';
import { contentOf, type MessageContent } from './message-content.ts';
import { sendContentTo } from './send-message.ts';
import type { SqsContext } from './sqs-context.ts';
import { queueDoesNotExist } from './sqs-error.ts';

/** What SNS, EventBridge and others send to a queue's ARN; refusals are thrown for the sender to retry or dead-letter. */
export function deliverToQueue(context: SqsContext): (delivery: Delivery) => Promise<void> {
  // A topic sends the same body and attributes to queue after queue: they are checked and digested for the first.
  let latest: { readonly attributes: Delivery['attributes']; readonly content: MessageContent } | undefined;
  return async ({ targetArn, body, attributes, principal }) => {
    const queue = context.queues.ofArn(targetArn);
    if (!queue) throw queueDoesNotExist();
    if (latest?.attributes !== attributes || latest?.content.body !== body) {
      latest = { attributes, content: contentOf(body, attributes) };
    }
    sendContentTo(context, queue, latest.content, principal);
  };
}
