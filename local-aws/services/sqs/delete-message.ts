import type { Operation } from '../../kernel/service.ts';
import { checkBatch, runBatch } from './batch.ts';
import { receiptOf } from './receipt-handle.ts';
import type { SqsContext } from './sqs-context.ts';

interface DeleteEntry {
  readonly ReceiptHandle?: string;
}

/** A stale handle, of a message received again since, is answered with success and deletes nothing. */
export function deleteMessage({ queues, messages }: SqsContext): Operation {
  return (input: DeleteEntry & { QueueUrl?: string }) => {
    const queue = queues.ofUrl(input.QueueUrl);
    messages.deleteReceipt(receiptOf(input.ReceiptHandle, queue.id));
    return {};
  };
}

export function deleteMessageBatch({ queues, messages }: SqsContext): Operation {
  return (input: { QueueUrl?: string; Entries?: (DeleteEntry & { Id?: string })[] }) => {
    const queue = queues.ofUrl(input.QueueUrl);
    const entries = checkBatch(input.Entries, 'DeleteMessageBatchRequestEntry');
    return runBatch(entries, ({ ReceiptHandle }) => {
      messages.deleteReceipt(receiptOf(ReceiptHandle, queue.id));
      return {};
    });
  };
}
