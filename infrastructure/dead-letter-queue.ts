import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { FirstAlarm } from './first-alarm.ts';
import { physicalName } from './stage.ts';

export interface DeadLetterQueueProps {
  readonly name: string;
  /** Whose failures rest here: names the alarm. */
  readonly of: string;
}

/** The longest that SQS keeps a message. */
export const MAX_RETENTION = Duration.days(14);

/** Where what failed rests until a person looks at it: no function reads it, and its first message raises an alarm. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, { name, of }: DeadLetterQueueProps) {
    super(scope, id, {
      queueName: physicalName(scope, name),
      retentionPeriod: MAX_RETENTION,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    new FirstAlarm(scope, `${id}Alarm`, {
      name: `${of}-dead-letters`,
      description: `A message of ${of} could not be processed; see docs/operations.md.`,
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
    });
  }
}
