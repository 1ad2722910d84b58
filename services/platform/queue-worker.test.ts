import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';
import type { Postponement } from './queue.ts';
import { backoffSeconds, eachMessage, type QueueMessage, queueWorker, RetryLater, wholeBatch } from './queue-worker.ts';

function aRecord(messageId: string, body: string, receiveCount = 1): SQSRecord {
  const attributes = { ApproximateReceiveCount: String(receiveCount) };
  return { messageId, body, receiptHandle: `handle-${messageId}`, attributes } as unknown as SQSRecord;
}

const anEvent = (...Records: SQSRecord[]): SQSEvent => ({ Records });

function aWorker(process: Parameters<typeof queueWorker<string>>[0]['process']) {
  const postponed: Postponement[] = [];
  const handler = queueWorker<string>({
    parse: (text) => JSON.parse(text),
    process,
    postpone: async (postponements) => void postponed.push(...postponements),
    log: createLog({}, () => undefined),
  });
  return { handler, postponed };
}

describe('queueWorker', () => {
  it('fails only the messages that failed, and hides them 2, 4, 8 seconds', async () => {
    const { handler, postponed } = aWorker(
      eachMessage(async ({ body }: QueueMessage<string>) => {
        if (body.startsWith('bad')) throw new Error(body);
      }),
    );
    const event = anEvent(
      aRecord('1', '"good"'),
      aRecord('2', '"bad"', 1),
      aRecord('3', '"bad"', 2),
      aRecord('4', '"bad"', 3),
    );
    expect(await handler(event)).toEqual({
      batchItemFailures: ['2', '3', '4'].map((itemIdentifier) => ({ itemIdentifier })),
    });
    expect(postponed).toEqual([
      { receiptHandle: 'handle-2', delaySeconds: 2 },
      { receiptHandle: 'handle-3', delaySeconds: 4 },
      { receiptHandle: 'handle-4', delaySeconds: 8 },
    ]);
  });

  it('fails a poison message and works on the others of its batch', async () => {
    const seen: string[] = [];
    const { handler } = aWorker(eachMessage(async ({ body }: QueueMessage<string>) => void seen.push(body)));
    const response = await handler(anEvent(aRecord('1', '{not json'), aRecord('2', '"good"')));
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(seen).toEqual(['good']);
  });

  it('lets the work choose when a message comes again', async () => {
    const { handler, postponed } = aWorker(
      eachMessage(async () => {
        throw new RetryLater('the exchange is away', 30);
      }),
    );
    await handler(anEvent(aRecord('1', '"x"', 3)));
    expect(postponed).toEqual([{ receiptHandle: 'handle-1', delaySeconds: 30 }]);
  });

  it('fails all of a batch that is worked on as a whole', async () => {
    const { handler } = aWorker(
      wholeBatch(async () => {
        throw new Error('no');
      }),
    );
    const { batchItemFailures } = await handler(anEvent(aRecord('1', '"a"'), aRecord('2', '"b"')));
    expect(batchItemFailures).toHaveLength(2);
  });

  it('postpones nothing when all is well', async () => {
    const { handler, postponed } = aWorker(wholeBatch(async () => undefined));
    expect(await handler(anEvent(aRecord('1', '"a"')))).toEqual({ batchItemFailures: [] });
    expect(postponed).toEqual([]);
  });
});

describe('backoffSeconds', () => {
  it.each([
    [1, 2],
    [2, 4],
    [3, 8],
    [4, 8],
  ])('is after %i receives %i s', (receiveCount, seconds) => {
    expect(backoffSeconds(receiveCount)).toBe(seconds);
  });
});
