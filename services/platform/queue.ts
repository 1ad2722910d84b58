import {
  ChangeMessageVisibilityBatchCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

const MAX_BATCH = 10;

/** One SQS queue that this function sends to. Bodies are JSON. */
export interface Queue {
  send(body: object, delaySeconds?: number): Promise<void>;
  /** A body as it came, not parsed on the way. */
  sendText(body: string): Promise<void>;
  /** Any number, ten a call. Throws when SQS refused any of them. */
  sendAll(bodies: readonly object[]): Promise<void>;
}

export function createQueue(client: SQSClient, queueUrl: string): Queue {
  return {
    async send(body, delaySeconds) {
      const message = { QueueUrl: queueUrl, MessageBody: JSON.stringify(body), DelaySeconds: delaySeconds };
      await client.send(new SendMessageCommand(message));
    },
    async sendText(body) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
    },
    async sendAll(bodies) {
      for (let start = 0; start < bodies.length; start += MAX_BATCH) {
        const entries = bodies.slice(start, start + MAX_BATCH);
        const answer = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: entries.map((body, index) => ({ Id: String(index), MessageBody: JSON.stringify(body) })),
          }),
        );
        const refused = answer.Failed ?? [];
        if (refused.length > 0)
          throw new Error(`SQS refused ${refused.length} of ${entries.length}: ${refused[0]?.Code}`);
      }
    },
  };
}

/** A received message and for how long it shall stay hidden from now on. */
export interface Postponement {
  readonly receiptHandle: string;
  readonly delaySeconds: number;
}

export type Postpone = (postponements: readonly Postponement[]) => Promise<void>;

/** Changes visibilities in one call a batch. Ones that SQS refuses come back after the queue's own visibility timeout. */
export function createPostpone(client: SQSClient, queueUrl: string): Postpone {
  return async (postponements) => {
    for (let start = 0; start < postponements.length; start += MAX_BATCH) {
      const entries = postponements.slice(start, start + MAX_BATCH).map(({ receiptHandle, delaySeconds }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: delaySeconds,
      }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    }
  };
}
