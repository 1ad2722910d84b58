import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { exemptWildcard } from './exempt.ts';
import { failuresTo } from './failure-destination.ts';
import { FirstAlarm } from './first-alarm.ts';
import type { ServiceFunction } from './service-function.ts';

export interface AuditFollowerProps {
  readonly startingPosition: StartingPosition;
  readonly batchSize: number;
  readonly maxBatchingWindow?: Duration;
  /** Gets where the events are that the function could not take. */
  readonly failures: IQueue;
  /** Goes off when an event has waited for longer. */
  readonly late: { readonly id: string; readonly name: string; readonly description: string; readonly after: Duration };
}

/** Lets a function follow the Audit table's stream, so that an event which fails holds up no other for long and is lost to nobody. */
export function followAudit(
  scope: Construct,
  follower: ServiceFunction,
  audit: Table,
  props: AuditFollowerProps,
): void {
  const { failures, late, ...reading } = props;
  follower.addEventSource(
    new DynamoEventSource(audit, {
      ...reading,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      onFailure: failuresTo(failures),
    }),
  );
  exemptStreamReader(follower);
  new FirstAlarm(scope, late.id, {
    name: late.name,
    description: late.description,
    metric: follower.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(1) }),
    tolerated: late.after.toMilliseconds(),
  });
}

/** For a function that follows any table's stream. */
export function exemptStreamReader(follower: ServiceFunction): void {
  exemptWildcard(follower, '*', 'IAM knows no resource for dynamodb:ListStreams, which Lambda’s poller needs');
}
