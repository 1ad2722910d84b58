import type { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue, MAX_RETENTION } from './dead-letter-queue.ts';
import type { ServiceFunction } from './service-function.ts';
import { physicalName } from './stage.ts';

export interface WorkQueueProps {
  readonly name: string;
  readonly deadLetterName?: string;
  /** Receives before a message goes to the dead-letter queue. */
  readonly maxReceiveCount?: number;
  /** At least the timeout of the function that works on it. */
  readonly visibilityTimeout: Duration;
}

/** A queue that a function works on, and its dead-letter queue. */
export class WorkQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, props: WorkQueueProps) {
    super(scope, `${props.name}Queue`);
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      name: props.deadLetterName ?? `${props.name}DeadLetters`,
      of: props.name,
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: physicalName(scope, props.name),
      visibilityTimeout: props.visibilityTimeout,
      retentionPeriod: MAX_RETENTION,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: props.maxReceiveCount ?? 3 },
    });
  }

  /** Feeds a function, which reports the messages of a batch that failed. */
  feed(worker: ServiceFunction, options: FeedOptions = {}): this {
    new EventSourceMapping(this, 'Feed', {
      target: worker as IFunction,
      eventSourceArn: this.queue.queueArn,
      batchSize: options.batchSize ?? 10,
      reportBatchItemFailures: true,
      ...(options.batchingWindow ? { maxBatchingWindow: options.batchingWindow } : {}),
      ...(options.maxConcurrency ? { maxConcurrency: options.maxConcurrency } : {}),
    });
    worker.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], this.queue.queueArn);
    return this;
  }
}

export interface FeedOptions {
  readonly batchSize?: number;
  readonly batchingWindow?: Duration;
  /** Batches at once; on AWS the lowest is 2. */
  readonly maxConcurrency?: number;
}
