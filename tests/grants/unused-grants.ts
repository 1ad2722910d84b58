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

/** Steps that change an order as they read it, and read it again if another has changed it meanwhile. */
const CHANGERS = ['apply-executions', 'block-balance', 'confirm-transaction', 'rollback-balance', 'suspend-order'];

const readsOrderAgain = (step: string): UnusedGrant => ({
  role: `${step}-role`,
  action: 'dynamodb:GetItem',
  resource: 'table/Orders',
  condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ORD-*'] } },
  reason:
    'it reads an order again that another has changed between its own read and write: a race of milliseconds, which most runs meet and none can count on',
});

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
  ...CHANGERS.map(readsOrderAgain),
  {
    role: 'confirm-transaction-role',
    action: 'dynamodb:GetItem',
    resource: 'table/Accounts',
    reason:
      'it knows the position of a sale from the step before, and reads it only if another trade has moved it since: a race that none can count on',
  },
  {
    role: 'SyncInstrumentsScheduleRole',
    action: 'lambda:InvokeFunction',
    resource: 'function:sync-instruments',
    reason:
      'it runs at eight in the morning of a weekday: the day that tests/system/secret-rotation lets pass has none when it begins on a weekend’s eve',
  },
];
