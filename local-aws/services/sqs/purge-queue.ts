import { AwsError } from '../../kernel/aws-error.ts';
import type { Operation } from '../../kernel/service.ts';
import { PURGE_INTERVAL_MS } from './limits.ts';
import type { SqsContext } from './sqs-context.ts';

export function purgeQueue({ kernel, queues, messages }: SqsContext): Operation {
  return (input: { QueueUrl?: string }) => {
    const queue = queues.ofUrl(input.QueueUrl);
    const nowMs = kernel.clock.nowMs();
    if (queue.purgedAtMs !== undefined && nowMs < queue.purgedAtMs + PURGE_INTERVAL_MS) {
      const message = `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`;
      throw new AwsError('PurgeQueueInProgress', message);
    }
    messages.deleteAll(queue.id);
    queues.setPurged(queue, nowMs);
    return {};
  };
}
