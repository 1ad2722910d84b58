import { Duration } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Encryption } from './encryption.ts';
import { exempt } from './exempt.ts';
import { KEEP, physicalName, stageOf } from './stage.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });
const number = (name: string) => ({ name, type: AttributeType.NUMBER });

/** How long orders and their audit are kept, at least: CVM Resolution 35/2021. */
const ARCHIVE_RETENTION = Duration.days(5 * 365 + 1);

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
  /** Whose a CPF is, by its index: a CPF opens one account. */
  readonly cpfHolders: Table;
  /** What staff did about clients, their looks at personal data among it. */
  readonly staffActions: Table;
  readonly instruments: Table;
  /** Messages rendered for clients. */
  readonly outbox: Table;
  readonly alerts: Table;
  /** Tickets that open the client stream, by their hash, until they are used. */
  readonly streamTickets: Table;
  /** Open connections of the client stream and what each follows. */
  readonly streamConnections: Table;
  /** The newest market of each instrument, and its moving average: its stream is what subscribers hear. */
  readonly stockPrices: Table;
  /** The trades of ten seconds, of which the moving average is made. */
  readonly priceBuckets: Table;
  readonly candles: Table;
  readonly receipts: Bucket;
  readonly auditArchive: Bucket;

  constructor(scope: Construct, { key }: Encryption) {
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
    indexClients(this.accounts);
    this.ledger = this.#table('Ledger', { partitionKey: text('accountId'), sortKey: text('entryKey') });
    this.audit = this.#table('Audit', {
      partitionKey: text('orderId'),
      sortKey: number('seq'),
      stream: StreamViewType.NEW_IMAGE,
    });
    this.audit.addGlobalSecondaryIndex({
      indexName: 'byAccount',
      partitionKey: text('accountId'),
      sortKey: text('eventKey'),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.transfers = this.#table('Transfers', { partitionKey: text('transferId') });
    indexTransfers(this.transfers);
    this.apiKeys = this.#table('ApiKeys', { partitionKey: text('keyHash') });
    this.apiKeys.addGlobalSecondaryIndex({
      indexName: 'byAccount',
      partitionKey: text('accountId'),
      sortKey: text('keyId'),
    });
    this.cpfHolders = this.#table('CpfHolders', { partitionKey: text('cpfIndex') });
    this.staffActions = this.#table('StaffActions', { partitionKey: text('accountId'), sortKey: text('actionKey') });
    this.instruments = this.#table('Instruments', { partitionKey: text('symbol') });
    this.outbox = this.#table('Outbox', { partitionKey: text('accountId'), sortKey: text('notificationId') });
    this.alerts = this.#table('Alerts', { partitionKey: text('month'), sortKey: text('alertId') });
    this.streamTickets = this.#passing('StreamTickets', { partitionKey: text('ticketHash') });
    this.streamConnections = this.#passing('StreamConnections', {
      partitionKey: text('accountId'),
      sortKey: text('connectionId'),
    });
    this.stockPrices = this.#table('StockPrices', {
      partitionKey: text('symbol'),
      stream: StreamViewType.NEW_IMAGE,
    });
    this.priceBuckets = this.#passing('PriceBuckets', { partitionKey: text('symbol'), sortKey: number('startMs') });
    this.candles = this.#table('Candles', { partitionKey: text('series'), sortKey: number('startMs') });
    this.receipts = this.#bucket('receipts', { encryptionKey: key });
    this.auditArchive = this.#bucket('audit-archive', { encryptionKey: key, ...this.#writeOnce() });
  }

  /** Of what has no past worth recovering. */
  #passing(name: string, keys: Pick<TableProps, 'partitionKey' | 'sortKey'>): Table {
    const table = this.#table(name, {
      ...keys,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
    });
    exempt(table, { DDB3: 'What is in it ends in minutes and is made anew: a point in the past would be of no use' });
    return table;
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

  /** Nobody, the account's root included, changes production's archive before its time; elsewhere it may be cleaned up. */
  #writeOnce(): BucketProps {
    const isProduction = stageOf(this) === 'production';
    return {
      objectLockEnabled: true,
      objectLockDefaultRetention: isProduction
        ? ObjectLockRetention.compliance(ARCHIVE_RETENTION)
        : ObjectLockRetention.governance(Duration.days(1)),
    };
  }

  #bucket(name: string, props: BucketProps & Required<Pick<BucketProps, 'encryptionKey'>>): Bucket {
    const bucket = new Bucket(this, name, {
      bucketName: physicalName(this, name),
      encryption: BucketEncryption.KMS,
      // KMS is asked once in a while for each role that writes or reads, not for each object.
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: KEEP,
      ...props,
    });
    refuseOtherEncryption(bucket, props.encryptionKey.keyArn);
    exempt(bucket, {
      S1: 'S3 delivers these logs on a best-effort basis and not under our key; who touches an object is for CloudTrail’s data events, which the account turns on',
    });
    return bucket;
  }
}

/** What still waits for the bank; and what is a client's, for its export and before its account is closed. */
function indexTransfers(transfers: Table): void {
  transfers.addGlobalSecondaryIndex({
    indexName: 'byPending',
    partitionKey: text('pendingKind'),
    sortKey: number('createdAtMs'),
    projectionType: ProjectionType.ALL,
  });
  transfers.addGlobalSecondaryIndex({
    indexName: 'byAccount',
    partitionKey: text('accountId'),
    sortKey: text('transferId'),
    projectionType: ProjectionType.ALL,
  });
}

/** Sparse: of what lies in the table, only clients and staff have these keys. */
function indexClients(accounts: Table): void {
  accounts.addGlobalSecondaryIndex({
    indexName: 'byOpening',
    partitionKey: text('directory'),
    sortKey: text('openedKey'),
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: ['state', 'plan', 'suitability', 'openedAtMs'],
  });
}

/** An object without a word on encryption gets the bucket's key; one that asks for another encryption or key is refused. */
function refuseOtherEncryption(bucket: Bucket, keyArn: string): void {
  const required = {
    's3:x-amz-server-side-encryption': 'aws:kms',
    's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn,
  };
  for (const [header, value] of Object.entries(required)) {
    bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: { Null: { [header]: 'false' }, StringNotEquals: { [header]: value } },
      }),
    );
  }
}
