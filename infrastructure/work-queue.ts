import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
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

const MAX_RETENTION = Duration.days(14);

/** A queue, its dead-letter queue, and an alarm on the first message in it. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly alarm: Alarm;

  constructor(scope: Construct, props: WorkQueueProps) {
    super(scope, `${props.name}Queue`);
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      queueName: physicalName(scope, props.deadLetterName ?? `${props.name}DeadLetters`),
      retentionPeriod: MAX_RETENTION,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: physicalName(scope, props.name),
      visibilityTimeout: props.visibilityTimeout,
      retentionPeriod: MAX_RETENTION,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceiveCount ?? 3 },
    });
    this.alarm = new Alarm(this, 'DeadLettersAlarm', {
      alarmName: physicalName(scope, `${props.name}-dead-letters`),
      alarmDescription: `A message of ${props.name} could not be processed; see docs/operations.`,
      metric: this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
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
