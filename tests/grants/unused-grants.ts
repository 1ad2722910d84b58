/** Grants that are needed and that no system test can count on using: one by one, as `grant-uses.ts` names them, each with its reason. */
export interface UnusedGrant {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly condition?: object;
  readonly reason: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy */
const LOG_DELIVERY =
  'Step Functions makes and keeps the delivery of its log by it when the machine is deployed, which the local stack has no API for';

const logDelivery = (action: string): UnusedGrant => ({
  role: 'order-saga-role',
  action: `logs:${action}`,
  resource: '*',
  reason: LOG_DELIVERY,
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
const apiLog = (action: string): UnusedGrant => ({
  role: 'api-log-role',
  action: `logs:${action}`,
  resource: '*',
  reason: 'API Gateway takes no role for its logs that lacks it; the local stack writes their lines into its own log',
});

/** Functions that change an order as they, or the step before, have read it, and read it again if another has changed it meanwhile. */
const CHANGERS = [
  'apply-executions',
  'block-balance',
  'cancel-all-orders',
  'confirm-transaction',
  'rollback-balance',
  'suspend-order',
];

const readsOrderAgain = (step: string): UnusedGrant => ({
  role: `${step}-role`,
  action: 'dynamodb:GetItem',
  resource: 'table/Orders',
  condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ORD-*'] } },
  reason:
    'it reads an order again that another has changed between its own read and write: a race of milliseconds, which most runs meet and none can count on',
});

/** One race, which each of them may meet: every run brings it about for some of them, and none for all. */
export const READS_OF_A_RACE: readonly UnusedGrant[] = CHANGERS.map(readsOrderAgain);

export const UNUSED_GRANTS: readonly UnusedGrant[] = [
  logDelivery('CreateLogDelivery'),
  logDelivery('GetLogDelivery'),
  logDelivery('UpdateLogDelivery'),
  logDelivery('DeleteLogDelivery'),
  logDelivery('ListLogDeliveries'),
  logDelivery('PutResourcePolicy'),
  logDelivery('DescribeResourcePolicies'),
  logDelivery('DescribeLogGroups'),
  apiLog('CreateLogGroup'),
  apiLog('CreateLogStream'),
  apiLog('DescribeLogGroups'),
  apiLog('DescribeLogStreams'),
  apiLog('PutLogEvents'),
  apiLog('GetLogEvents'),
  apiLog('FilterLogEvents'),
  ...READS_OF_A_RACE,
  {
    role: 'confirm-transaction-role',
    action: 'dynamodb:GetItem',
    resource: 'table/Accounts',
    reason:
      'it knows the position of a sale from the step before, and reads it only if another trade has moved it since: a race that none can count on',
  },
  {
    role: 'apply-executions-role',
    action: 'sqs:SendMessage',
    resource: 'InDoubtOrders',
    reason:
      'it has the exchange asked about an order of which a report comes before the one that it follows, or before the answer to the order itself while a cancel waits: a race of the exchange’s messages',
  },
  {
    role: 'handle-stream-message-role',
    action: 'dynamodb:DeleteItem',
    resource: 'table/StreamConnections',
    reason:
      'it forgets a connection that went while its frame was worked on, unless the end of the connection itself, which is told at that moment too, was quicker',
  },
  {
    role: 'SyncInstrumentsScheduleRole',
    action: 'lambda:InvokeFunction',
    resource: 'function:sync-instruments',
    reason:
      'it runs at eight in the morning of a weekday: the day that tests/system/secret-rotation lets pass has none when it begins on a weekend’s eve',
  },
];
