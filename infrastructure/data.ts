import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { KEEP, physicalName } from './stage.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });
const number = (name: string) => ({ name, type: AttributeType.NUMBER });

/** Every table and bucket. None goes when the stack goes. */
export class Data extends Construct {
  /** Orders, their fills and the idempotency keys. */
  readonly orders: Table;
  /** Clients, balances and positions. */
  readonly accounts: Table;
  readonly ledger: Table;
  /** The outbox: its stream is what the rest of the system hears. */
  readonly audit: Table;
  readonly transfers: Table;
  readonly apiKeys: Table;
  readonly instruments: Table;
  /** Messages rendered for clients. */
  readonly outbox: Table;
  readonly alerts: Table;
  readonly receipts: Bucket;
  readonly auditArchive: Bucket;

  constructor(scope: Construct) {
    super(scope, 'Data');
    this.orders = this.#table('Orders', {
      partitionKey: text('orderId'),
      sortKey: text('item'),
      timeToLiveAttribute: 'expiresAt',
    });
    this.orders.addGlobalSecondaryIndex({
      indexName: 'byAccount',
      partitionKey: text('accountId'),
      sortKey: text('placedKey'),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['symbol', 'clientOrderId'],
    });
    this.orders.addGlobalSecondaryIndex({
      indexName: 'bySweep',
      partitionKey: number('sweepShard'),
      sortKey: number('sweepAfterMs'),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['accountId', 'isin', 'correlationId', 'receivedAtMs', 'sweepKind', 'sweepTries'],
    });
    this.accounts = this.#table('Accounts', { partitionKey: text('accountId'), sortKey: text('item') });
    this.ledger = this.#table('Ledger', { partitionKey: text('accountId'), sortKey: text('entryKey') });
    this.audit = this.#table('Audit', {
      partitionKey: text('orderId'),
      sortKey: number('seq'),
      stream: StreamViewType.NEW_IMAGE,
    });
    this.transfers = this.#table('Transfers', { partitionKey: text('transferId') });
    this.transfers.addGlobalSecondaryIndex({
      indexName: 'byPending',
      partitionKey: text('pendingKind'),
      sortKey: number('createdAtMs'),
      projectionType: ProjectionType.ALL,
    });
    this.apiKeys = this.#table('ApiKeys', { partitionKey: text('keyHash') });
    this.instruments = this.#table('Instruments', { partitionKey: text('symbol') });
    this.outbox = this.#table('Outbox', { partitionKey: text('accountId'), sortKey: text('notificationId') });
    this.alerts = this.#table('Alerts', { partitionKey: text('month'), sortKey: text('alertId') });
    this.receipts = this.#bucket('receipts');
    this.auditArchive = this.#bucket('audit-archive');
  }

  #table(name: string, props: Omit<TableProps, 'tableName'>): Table {
    return new Table(this, name, {
      tableName: physicalName(this, name),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: KEEP,
      ...props,
    });
  }

  #bucket(name: string): Bucket {
    return new Bucket(this, name, {
      bucketName: physicalName(this, name),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: KEEP,
    });
  }
}
