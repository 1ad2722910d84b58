import type { ServiceFunction } from './service-function.ts';
import type { Shared } from './shared.ts';
import type { WorkQueue } from './work-queue.ts';

/** Grants that several functions need alike, each exact: actions on resources, never a wildcard of either. */

/** One order change is one transaction over these tables. */
export function mayChangeOrders({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda
    .allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem'], data.orders.tableArn)
    .allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      data.accounts.tableArn,
    )
    .allow(['dynamodb:PutItem'], data.ledger.tableArn, data.audit.tableArn);
}

export function mayReadInstruments({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda.allow(['dynamodb:GetItem'], data.instruments.tableArn);
}

export function mayUseExchange({ foreign }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda.allow(['secretsmanager:GetSecretValue'], foreign.exchangeSecret.secretArn);
}

export function mayUseBank({ foreign }: Shared, lambda: ServiceFunction): ServiceFunction {
  return lambda.allow(['secretsmanager:GetSecretValue'], foreign.bankSecret.secretArn);
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
