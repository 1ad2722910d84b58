import { AwsError } from '../../kernel/aws-error.ts';
import type { Receipt } from './message-store.ts';
import { missingParameter } from './sqs-error.ts';

/** Opaque to callers. It names one receive, so that it goes stale with the next. */
export function receiptHandleOf({ queueId, sequence, receiveCount, messageId }: Receipt): string {
  return `${queueId}.${sequence}.${receiveCount}.${messageId}`;
}

export function receiptOf(handle: unknown, queueId: number): Receipt {
  if (typeof handle !== 'string' || handle === '') throw missingParameter('ReceiptHandle');
  const parts = handle.split('.');
  const sequence = Number(parts[1]);
  const receiveCount = Number(parts[2]);
  const messageId = parts[3];
  const isWhole = Number.isSafeInteger(sequence) && Number.isSafeInteger(receiveCount);
  if (parts.length !== 4 || Number(parts[0]) !== queueId || !messageId || !isWhole) {
    throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { queueId, sequence, receiveCount, messageId };
}
