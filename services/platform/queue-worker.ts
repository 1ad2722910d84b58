import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Log, log } from './log.ts';
import type { Postpone } from './queue.ts';

/** A message as a worker sees it. `receiveCount` is 1 at the first try. */
export interface QueueMessage<Body> {
  readonly messageId: string;
  readonly body: Body;
  readonly receiveCount: number;
}

/** Thrown by a worker to have the message again after a time of its own choosing, and without an error in the log. */
export class RetryLater extends Error {
  readonly delaySeconds: number;
  constructor(reason: string, delaySeconds: number) {
    super(reason);
    this.name = 'RetryLater';
    this.delaySeconds = delaySeconds;
  }
}

/** Failures by message id; the others have succeeded. */
export type BatchFailures = ReadonlyMap<string, unknown>;
export type ProcessBatch<Body> = (messages: readonly QueueMessage<Body>[]) => Promise<BatchFailures>;

export interface QueueWorkerOptions<Body> {
  /** Throws on what is no message of this queue: a poison message, which ends in the dead-letter queue. */
  readonly parse: (text: string) => Body;
  readonly process: ProcessBatch<Body>;
  readonly postpone: Postpone;
  readonly log?: Log;
}

const FIRST_BACKOFF_SECONDS = 2;
const MAX_BACKOFF_SECONDS = 8;

/** 2, 4, 8 seconds after the first, second, third failure. */
export function backoffSeconds(receiveCount: number): number {
  return Math.min(MAX_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** (receiveCount - 1));
}

/** Works on each message by itself, all at once: one's failure harms no other. */
export function eachMessage<Body>(work: (message: QueueMessage<Body>) => Promise<void>): ProcessBatch<Body> {
  return async (messages) => {
    const results = await Promise.allSettled(messages.map(work));
    return new Map(
      results.flatMap((result, index) =>
        result.status === 'rejected' ? [[messages[index]!.messageId, result.reason] as const] : [],
      ),
    );
  };
}

/** Works on all bodies of a batch at once: they succeed or fail together. */
export function wholeBatch<Body>(work: (bodies: readonly Body[]) => Promise<void>): ProcessBatch<Body> {
  return async (messages) => {
    try {
      await work(messages.map(({ body }) => body));
      return new Map();
    } catch (error) {
      return new Map(messages.map(({ messageId }) => [messageId, error]));
    }
  };
}

/**
 * An SQS handler with partial batch failures (the mapping must have ReportBatchItemFailures). Failed messages become visible after their backoff
 * and the rest is deleted by Lambda. An error of `process` itself fails the whole batch.
 */
export function queueWorker<Body>(options: QueueWorkerOptions<Body>): (event: SQSEvent) => Promise<SQSBatchResponse> {
  const logger = options.log ?? log;
  return async ({ Records }) => {
    const failures = new Map<string, unknown>();
    const messages: QueueMessage<Body>[] = [];
    for (const record of Records) {
      try {
        messages.push(messageOf(record, options.parse));
      } catch (error) {
        failures.set(record.messageId, error);
      }
    }
    if (messages.length > 0) {
      for (const [messageId, error] of await options.process(messages)) failures.set(messageId, error);
    }
    if (failures.size === 0) return { batchItemFailures: [] };
    await postponeFailed(Records, failures, options.postpone, logger);
    return { batchItemFailures: [...failures.keys()].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

function messageOf<Body>(record: SQSRecord, parse: (text: string) => Body): QueueMessage<Body> {
  return { messageId: record.messageId, body: parse(record.body), receiveCount: receiveCountOf(record) };
}

function receiveCountOf(record: SQSRecord): number {
  return Number(record.attributes.ApproximateReceiveCount);
}

async function postponeFailed(
  records: readonly SQSRecord[],
  failures: BatchFailures,
  postpone: Postpone,
  logger: Log,
): Promise<void> {
  const failed = records.filter((record) => failures.has(record.messageId));
  for (const record of failed) logFailure(logger, record, failures.get(record.messageId));
  await postpone(
    failed.map((record) => {
      const error = failures.get(record.messageId);
      const delaySeconds = error instanceof RetryLater ? error.delaySeconds : backoffSeconds(receiveCountOf(record));
      return { receiptHandle: record.receiptHandle, delaySeconds };
    }),
  );
}

function logFailure(logger: Log, record: SQSRecord, error: unknown): void {
  const fields = { messageId: record.messageId, receiveCount: receiveCountOf(record) };
  if (error instanceof RetryLater) logger.info(`message again later: ${error.message}`, fields);
  else logger.error('message failed', error, fields);
}
