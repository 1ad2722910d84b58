import { AwsError } from '../../kernel/aws-error.ts';
import type { Operation } from '../../kernel/service.ts';
import { checkBatch, runBatch } from './batch.ts';
import { MAX_VISIBILITY_SECONDS } from './limits.ts';
import type { Queue } from './queues.ts';
import { receiptOf } from './receipt-handle.ts';
import type { SqsContext } from './sqs-context.ts';
import { invalidParameter, invalidValue, missingParameter, wholeNumber } from './sqs-error.ts';

interface VisibilityEntry {
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
}

export function changeMessageVisibility(context: SqsContext): Operation {
  return (input: VisibilityEntry & { QueueUrl?: string }) => {
    const queue = context.queues.ofUrl(input.QueueUrl);
    if (input.VisibilityTimeout === undefined) throw missingParameter('VisibilityTimeout');
    context.arrivals.visibleFrom(queue, change(context, queue, input));
    return {};
  };
}

export function changeMessageVisibilityBatch(context: SqsContext): Operation {
  return (input: { QueueUrl?: string; Entries?: (VisibilityEntry & { Id?: string })[] }) => {
    const queue = context.queues.ofUrl(input.QueueUrl);
    const entries = checkBatch(input.Entries, 'ChangeMessageVisibilityBatchRequestEntry');
    const visibleAtMs = new Set<number>();
    const result = runBatch(entries, (entry) => {
      visibleAtMs.add(change(context, queue, entry));
      return {};
    });
    for (const atMs of visibleAtMs) context.arrivals.visibleFrom(queue, atMs);
    return result;
  };
}

/** Returns the instant at which the message is visible again. */
function change({ kernel, messages }: SqsContext, queue: Queue, entry: VisibilityEntry): number {
  const bounds = { min: 0, max: MAX_VISIBILITY_SECONDS };
  const seconds = wholeNumber(entry.VisibilityTimeout, 'VisibilityTimeout', bounds, 0);
  const receipt = receiptOf(entry.ReceiptHandle, queue.id);
  const nowMs = kernel.clock.nowMs();
  const received = messages.received(receipt);
  if (!received) {
    const reason = 'Message does not exist or is not available for visibility timeout change.';
    throw invalidValue(entry.ReceiptHandle, 'ReceiptHandle', reason);
  }
  if (received.visibleAtMs <= nowMs)
    throw new AwsError('MessageNotInflight', "The message referred to isn't in flight.");
  const visibleAtMs = nowMs + seconds * 1000;
  // The limit counts from the receive, not from now. Source: sqs-visibility-timeout.html.
  if (visibleAtMs > received.receivedAtMs + MAX_VISIBILITY_SECONDS * 1000) {
    const limit = `Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds]`;
    throw invalidParameter(`Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: ${limit}`);
  }
  messages.setVisible(receipt, visibleAtMs);
  return visibleAtMs;
}
