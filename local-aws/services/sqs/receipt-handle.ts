import { AwsError } from '../../kernel/aws-error.ts';
import type { Receipt } from './message-store.ts';
import { missingParameter } from './sqs-error.ts';

/** Opaque to callers. It names one receive, so that it goes stale with the next. */
export function receiptHandleOf({ queueId, sequence, receiveCount, messageId }: Receipt): string {
  return Buffer.from(`${queueId}.${sequence}.${receiveCount}.${messageId}`, 'latin1').toString('base64');
}

export function receiptOf(handle: unknown, queueId: number): Receipt {
  if (typeof handle !== 'string' || handle === '') throw missingParameter('ReceiptHandle');
  const parts = Buffer.from(handle, 'base64').toString('latin1').split('.');
  const [queue, sequence, receiveCount] = parts.slice(0, 3).map(Number);
  const messageId = parts[3];
  if (parts.length !== 4 || queue !== queueId || !messageId || !isWhole(sequence) || !isWhole(receiveCount)) {
    throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { queueId, sequence, receiveCount, messageId };
}

function isWhole(value: number | undefined): value is number {
  return Number.isSafeInteger(value);
}
