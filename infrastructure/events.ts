import { EVENT_SOURCE } from '@brokerage/contracts/order-event';
import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import { followAudit } from './audit-follower.ts';
import { mayPostpone, mayPublish, mayReadReceipts, mayWriteTo } from './grants.ts';
import { WORKER_LIMIT } from './messaging.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared, Variables } from './shared.ts';

/** From the audit log to those who hear of orders but wait for none: the archive, the back office, compliance, clients by mail. */
export class Events extends Construct {
  constructor(scope: Construct, shared: Shared) {
    super(scope, 'Events');
    this.#publishEvents(shared);
    this.#recoverPublications(shared);
    this.#notify(shared);
    this.#archiveAudit(shared);
    this.#writeReceipts(shared);
    this.#raiseAlerts(shared);
  }

  #worker(shared: Shared, entry: string, variables: readonly (keyof Variables)[]): ServiceFunction {
    return addFunction(this, shared, entry, variables, { timeout: WORKER_LIMIT });
  }

  #publishEvents(shared: Shared): void {
    const { data, messaging } = shared;
    const publisher = this.#worker(shared, 'operations/publish-events', ['ORDER_EVENTS_TOPIC_ARN', 'EVENT_BUS_NAME']);
    mayPublish(shared, publisher);
    followAudit(this, publisher, data.audit, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      // Topic and bus take ten events a call, and a second's events fill those calls. Who waits for an event hears it by `push-orders`.
      maxBatchingWindow: Duration.seconds(1),
      failures: messaging.unpublishedEvents.queue,
      late: {
        id: 'PublishingLateAlarm',
        name: 'publishing-late',
        description: 'Audit events wait to be published; see docs/operations.md.',
        after: Duration.minutes(5),
      },
    });
  }

  #recoverPublications(shared: Shared): void {
    const { data, messaging } = shared;
    const worker = this.#worker(shared, 'operations/recover-publications', [
      'ORDER_EVENTS_TOPIC_ARN',
      'EVENT_BUS_NAME',
      'UNPUBLISHED_EVENTS_QUEUE_URL',
    ]);
    mayPublish(shared, worker).allow(
      ['dynamodb:GetShardIterator', 'dynamodb:GetRecords'],
      data.audit.tableStreamArn as string,
    );
    messaging.unpublishedEvents.feed(mayPostpone(worker, messaging.unpublishedEvents), { maxConcurrency: 2 });
  }

  #notify(shared: Shared): void {
    const { notifications } = shared.messaging;
    const worker = this.#worker(shared, 'notifications/notify', ['OUTBOX_TABLE', 'NOTIFICATIONS_QUEUE_URL']);
    worker.allow(['dynamodb:BatchWriteItem'], shared.data.outbox.tableArn);
    notifications.feed(mayPostpone(worker, notifications), CONSUMER_FEED);
  }

  #archiveAudit(shared: Shared): void {
    const { auditTrail } = shared.messaging;
    const worker = this.#worker(shared, 'compliance/archive-audit', ['AUDIT_ARCHIVE_BUCKET', 'AUDIT_TRAIL_QUEUE_URL']);
    mayWriteTo(shared, worker, shared.data.auditArchive);
    auditTrail.feed(mayPostpone(worker, auditTrail), CONSUMER_FEED);
  }

  #writeReceipts(shared: Shared): void {
    const { data, messaging } = shared;
    const variables = ['RECEIPTS_BUCKET', 'AUDIT_TABLE', 'REPORTS_QUEUE_URL'] as const;
    const worker = this.#worker(shared, 'back-office/write-receipts', variables);
    worker.allow(['dynamodb:Query'], data.audit.tableArn);
    mayWriteTo(shared, mayReadReceipts(shared, worker), data.receipts);
    messaging.reports.feed(mayPostpone(worker, messaging.reports), CONSUMER_FEED);
  }

  #raiseAlerts(shared: Shared): void {
    const { data, messaging } = shared;
    const alerter = this.#worker(shared, 'compliance/raise-alerts', ['ALERTS_TABLE']);
    alerter.allow(['dynamodb:PutItem'], data.alerts.tableArn);
    new Rule(this, 'LargeOrderRule', {
      eventBus: messaging.bus,
      description: 'Orders above R$ 100,000.00, once each',
      eventPattern: { source: [EVENT_SOURCE], detail: { becameLarge: [true] } },
      targets: [new LambdaTarget(alerter, { deadLetterQueue: messaging.complianceAlerts })],
    });
  }
}

/** Consumers gather a second's events: fewer calls, and nobody waits for them. */
const CONSUMER_FEED = { batchSize: 100, batchingWindow: Duration.seconds(1), maxConcurrency: 2 };
