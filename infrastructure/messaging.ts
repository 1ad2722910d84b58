import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { exempt } from './exempt.ts';
import { FirstAlarm } from './first-alarm.ts';
import { physicalName } from './stage.ts';
import { WorkQueue } from './work-queue.ts';

/** Every queue, the topic and the bus. A queue hides a message at least as long as its worker may take. */
export class Messaging extends Construct {
  /** Accepted orders. After three failures an order's message rests in RejectedOrders; its money stays blocked until it is resolved. */
  readonly orders: WorkQueue;
  /** Orders about which the exchange must be asked. */
  readonly inDoubtOrders: WorkQueue;
  /** Execution reports as they came from the exchange. */
  readonly executions: WorkQueue;
  readonly bankEvents: WorkQueue;
  readonly payouts: WorkQueue;
  readonly notifications: WorkQueue;
  readonly auditTrail: WorkQueue;
  readonly reports: WorkQueue;
  /** Connections of the client stream for which order events wait. */
  readonly orderStream: WorkQueue;
  /** Events that could not be published: where they are in the Audit table's stream. */
  readonly unpublishedEvents: WorkQueue;
  /** Events that the bus could not bring to `raise-alerts`. */
  readonly complianceAlerts: DeadLetterQueue;
  readonly orderEvents: Topic;
  readonly bus: EventBus;

  constructor(scope: Construct) {
    super(scope, 'Messaging');
    const queue = (name: string, options: { deadLetterName?: string; maxReceiveCount?: number } = {}) =>
      new WorkQueue(this, { name, visibilityTimeout: WORKER_LIMIT, ...options });
    this.orders = queue('Orders', { deadLetterName: 'RejectedOrders' });
    // The exchange may be away for hours: asking goes on, and the sweeper starts it again.
    this.inDoubtOrders = queue('InDoubtOrders', { maxReceiveCount: 20 });
    this.executions = queue('Executions', { maxReceiveCount: 10 });
    this.bankEvents = queue('BankEvents', { maxReceiveCount: 10 });
    this.payouts = queue('Payouts', { maxReceiveCount: 20 });
    this.notifications = queue('Notifications');
    this.auditTrail = queue('AuditTrail');
    this.reports = queue('Reports');
    // Throttled, or in the middle of a replay: no connection is given up before the replay must have ended.
    this.orderStream = queue('OrderStream', { maxReceiveCount: 20 });
    this.unpublishedEvents = queue('UnpublishedEvents', { maxReceiveCount: 20 });
    this.complianceAlerts = new DeadLetterQueue(this, 'Alerts', { name: 'ComplianceAlerts', of: 'ComplianceAlerts' });
    exempt(this.complianceAlerts, { SQS3: 'It is where the bus puts aside what it could not deliver' });
    this.orderEvents = new Topic(this, 'OrderEvents', {
      topicName: physicalName(this, 'OrderEvents'),
      enforceSSL: true,
    });
    new FirstAlarm(this, 'UndeliveredAlarm', {
      name: 'OrderEvents-undelivered',
      description: 'A queue behind OrderEvents did not take an event; see docs/operations.md.',
      metric: this.orderEvents.metricNumberOfNotificationsFailed({ period: Duration.minutes(1) }),
    });
    this.#subscribe(this.auditTrail);
    this.#subscribe(this.notifications, { type: SubscriptionFilter.stringFilter({ denylist: [...UNTOLD_EVENTS] }) });
    this.#subscribe(this.reports, { status: SubscriptionFilter.stringFilter({ allowlist: [...RECEIPT_STATUSES] }) });
    this.bus = new EventBus(this, 'Bus', { eventBusName: physicalName(this, 'brokerage') });
  }

  #subscribe({ queue }: WorkQueue, filterPolicy?: Record<string, SubscriptionFilter>): void {
    const options = { rawMessageDelivery: true, ...(filterPolicy ? { filterPolicy } : {}) };
    this.orderEvents.addSubscription(new SqsSubscription(queue, options));
  }
}

/** Events of which clients are told nothing; the archive gets every one. */
const UNTOLD_EVENTS = [
  'ORDER_RESERVED',
  'ORDER_PARKED',
  'ORDER_UNPARKED',
  'CANCEL_REQUESTED',
  'REPLACE_REQUESTED',
] as const;
/** A receipt is written for an order that has ended with shares traded. */
const RECEIPT_STATUSES = ['FILLED', 'CANCELED', 'EXPIRED'] as const;

/** Longest a queue's worker may take; the queues hide messages as long. */
export const WORKER_LIMIT = Duration.seconds(30);
