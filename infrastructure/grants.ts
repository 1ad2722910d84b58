import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { exemptWildcard } from './exempt.ts';
import { OF_CLIENTS, OF_ORDERS, OF_SUSPENSE } from './partitions.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared } from './shared.ts';
import type { WorkQueue } from './work-queue.ts';

/** Grants that several functions need alike, each exact: actions on resources, never a wildcard of either. */

/** Orders change by a read, if another change came between, and by one transaction over these tables. */
export function mayChangeOrders(shared: Shared, lambda: ServiceFunction): ServiceFunction {
  const { data } = shared;
  mayMoveOrders(shared, lambda).allow(['dynamodb:UpdateItem'], data.accounts.tableArn);
  return mayBook(shared, lambda);
}

/** From one state to another, where neither money nor shares move. */
export function mayMoveOrders({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda
    .allowIf(OF_ORDERS, ['dynamodb:GetItem', 'dynamodb:PutItem'], data.orders.tableArn)
    .allow(['dynamodb:PutItem'], data.audit.tableArn);
}

/** A sale's fills take shares out at their cost, which the position tells. */
export function mayBookSales(shared: Shared, lambda: ServiceFunction): ServiceFunction {
  return mayChangeOrders(shared, lambda).allow(['dynamodb:GetItem'], shared.data.accounts.tableArn);
}

/** Entries of clients. */
export function mayBook({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda.allowIf(OF_CLIENTS, ['dynamodb:PutItem'], data.ledger.tableArn);
}

/** Entries of nobody: what the exchange or the bank told of, and we do not know whose it is. */
export function mayBookToSuspense({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda.allowIf(OF_SUSPENSE, ['dynamodb:PutItem'], data.ledger.tableArn);
}

export function mayReadEntries({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda.allowIf(OF_CLIENTS, ['dynamodb:Query'], data.ledger.tableArn);
}

export function mayReadInstruments({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda.allow(['dynamodb:GetItem'], data.instruments.tableArn);
}

/** Prices by the feed, and by the exchange's own word where the feed has told none. */
export function mayReadMarket(shared: Shared, lambda: ServiceFunction): ServiceFunction {
  return mayUseExchange(shared, lambda.allow(['dynamodb:BatchGetItem'], shared.data.stockPrices.tableArn));
}

export function mayUseExchange(shared: Shared, lambda: ServiceFunction): ServiceFunction {
  return mayReadSecret(shared, lambda, shared.foreign.exchangeSecret);
}

export function mayUseBank(shared: Shared, lambda: ServiceFunction): ServiceFunction {
  return mayReadSecret(shared, lambda, shared.foreign.bankSecret);
}

function mayReadSecret({ encryption }: Shared, lambda: ServiceFunction, { secretArn }: Secret): ServiceFunction {
  return encryption.mayDecrypt(lambda.allow(['secretsmanager:GetSecretValue'], secretArn), { SecretARN: secretArn });
}

export function mayReadReceipts({ data, encryption }: Shared, lambda: ServiceFunction): ServiceFunction {
  lambda.allow(['s3:GetObject'], anyObjectOf(lambda, data.receipts));
  return encryption.mayDecrypt(lambda, { 'aws:s3:arn': data.receipts.bucketArn });
}

export function mayWriteTo({ encryption }: Shared, lambda: ServiceFunction, bucket: Bucket): ServiceFunction {
  lambda.allow(['s3:PutObject'], anyObjectOf(lambda, bucket));
  return encryption.mayEncrypt(lambda, { 'aws:s3:arn': bucket.bucketArn });
}

function anyObjectOf(lambda: ServiceFunction, bucket: Bucket): string {
  const objects = bucket.arnForObjects('*');
  exemptWildcard(lambda, objects, 'Objects are named after the orders and days that they are about');
  return objects;
}

export function maySend(lambda: ServiceFunction, ...queues: readonly WorkQueue[]): ServiceFunction {
  return lambda.allow(['sqs:SendMessage'], ...queues.map(({ queue }) => queue.queueArn));
}

/** Workers choose when a failed message comes back. */
export function mayPostpone(lambda: ServiceFunction, { queue }: WorkQueue): ServiceFunction {
  return lambda.allow(['sqs:ChangeMessageVisibility'], queue.queueArn);
}

/** Events go to the topic and to the bus. */
export function mayPublish({ messaging }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda
    .allow(['sns:Publish'], messaging.orderEvents.topicArn)
    .allow(['events:PutEvents'], messaging.bus.eventBusArn);
}
