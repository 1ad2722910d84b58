import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import {
  mayBookSales,
  mayBookToSuspense,
  mayChangeOrders,
  mayPostpone,
  mayReadInstruments,
  mayReadMarket,
  maySend,
  mayUseExchange,
} from './grants.ts';
import { WORKER_LIMIT } from './messaging.ts';
import { OrderSaga } from './order-saga.ts';
import { OF_ORDERS, OF_ORDERS_AND_REQUEST_KEYS, OF_REPORT_CURSOR, OF_REQUEST_KEYS } from './partitions.ts';
import { runEveryMinute } from './schedule.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared, Variables } from './shared.ts';

const BOOKS = ['ORDERS_TABLE', 'ACCOUNTS_TABLE', 'LEDGER_TABLE', 'AUDIT_TABLE', 'TRADING_CALENDAR'] as const;
const EXCHANGE = ['EXCHANGE_URL', 'EXCHANGE_SECRET'] as const;

/** The longest that API Gateway waits for a function. */
const API_LIMIT = Duration.seconds(29);

/** Orders from the client's request to the books: the API's functions, the queue's workers and the saga. */
export class Orders extends Construct {
  /** Functions behind routes of the API, by operation. */
  readonly operations: Readonly<Record<string, ServiceFunction>>;

  constructor(scope: Construct, shared: Shared) {
    super(scope, 'Orders');
    const saga = new OrderSaga(this, shared);
    this.#processOrders(shared, saga);
    this.#applyExecutions(shared);
    this.#resolveOrders(shared);
    this.#reconcileExecutions(shared);
    this.operations = {
      ...this.#clientOperations(shared),
      'sweep-orders': this.#sweepOrders(shared),
      'receive-executions': this.#receiveExecutions(shared),
    };
  }

  #clientOperations(shared: Shared): Record<string, ServiceFunction> {
    const { data, messaging } = shared;
    const submit = addFunction(this, shared, 'orders/submit-order', [...BOOKS, 'INSTRUMENTS_TABLE', 'ORDERS_QUEUE_URL'])
      .allowIf(OF_ORDERS_AND_REQUEST_KEYS, ['dynamodb:PutItem'], data.orders.tableArn)
      .allowIf(OF_REQUEST_KEYS, ['dynamodb:GetItem'], data.orders.tableArn)
      .allow(['dynamodb:PutItem'], data.audit.tableArn)
      .allow(['dynamodb:GetItem'], data.accounts.tableArn);
    maySend(mayReadInstruments(shared, submit), messaging.orders);

    const preview = addFunction(this, shared, 'orders/preview-order', [
      'ORDERS_TABLE',
      'ACCOUNTS_TABLE',
      'INSTRUMENTS_TABLE',
      'TRADING_CALENDAR',
      'STOCK_PRICES_TABLE',
      ...EXCHANGE,
    ]);
    mayReadMarket(shared, mayReadInstruments(shared, preview));
    preview.allow(['dynamodb:BatchGetItem'], data.accounts.tableArn);

    const get = addFunction(this, shared, 'orders/get-order', ['ORDERS_TABLE']);
    const list = addFunction(this, shared, 'orders/list-orders', ['ORDERS_TABLE']);
    const audit = addFunction(this, shared, 'orders/get-order-audit', ['ORDERS_TABLE', 'AUDIT_TABLE'])
      .allowIf(OF_ORDERS, ['dynamodb:GetItem'], data.orders.tableArn)
      .allow(['dynamodb:Query'], data.audit.tableArn);

    return {
      'submit-order': submit,
      'preview-order': preview,
      'get-order': this.#mayShow(shared, get),
      'list-orders': this.#mayList(shared, list),
      'get-order-audit': audit,
      'cancel-order': this.#mayShow(shared, this.#exchangeRequest(shared, 'cancel-order')),
      'cancel-all-orders': this.#mayShow(
        shared,
        this.#mayList(shared, this.#exchangeRequest(shared, 'cancel-all-orders', { timeout: API_LIMIT })),
      ),
      'amend-order': this.#amendOrder(shared),
    };
  }

  /** An amended order may trade at once, a sale too. */
  #amendOrder(shared: Shared): ServiceFunction {
    const variables = ['INSTRUMENTS_TABLE', 'STOCK_PRICES_TABLE'] as const;
    const amend = this.#mayShow(shared, this.#exchangeRequest(shared, 'amend-order', { variables }));
    amend.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem'], shared.data.accounts.tableArn);
    return mayReadMarket(shared, mayReadInstruments(shared, amend));
  }

  #mayList({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
    return lambda
      .allow(['dynamodb:Query'], `${data.orders.tableArn}/index/byAccount`)
      .allowIf(OF_ORDERS, ['dynamodb:BatchGetItem'], data.orders.tableArn);
  }

  /** The order as it then is, with its fills. */
  #mayShow({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
    return lambda.allowIf(OF_ORDERS, ['dynamodb:Query'], data.orders.tableArn);
  }

  /** Functions that ask the exchange about a live order and book its answer. */
  #exchangeRequest(
    shared: Shared,
    name: string,
    { variables = [], timeout }: { variables?: readonly (keyof Variables)[]; timeout?: Duration } = {},
  ): ServiceFunction {
    const asking = addFunction(
      this,
      shared,
      `orders/${name}`,
      [...BOOKS, ...EXCHANGE, 'IN_DOUBT_ORDERS_QUEUE_URL', ...variables],
      timeout ? { timeout } : {},
    );
    return maySend(mayUseExchange(shared, mayChangeOrders(shared, asking)), shared.messaging.inDoubtOrders);
  }

  #processOrders(shared: Shared, saga: OrderSaga): void {
    const { orders } = shared.messaging;
    const worker = addFunction(this, shared, 'orders/process-orders', ['ORDERS_QUEUE_URL'], {
      timeout: WORKER_LIMIT,
      environment: { ORDER_SAGA_ARN: saga.machine.stateMachineArn },
    });
    worker.allow(['states:StartSyncExecution'], saga.machine.stateMachineArn);
    orders.feed(mayPostpone(worker, orders), { batchSize: 10, maxConcurrency: 10 });
  }

  #applyExecutions(shared: Shared): void {
    const { executions, inDoubtOrders } = shared.messaging;
    const variables = [...BOOKS, 'INSTRUMENTS_TABLE', 'EXECUTIONS_QUEUE_URL', 'IN_DOUBT_ORDERS_QUEUE_URL'] as const;
    const worker = addFunction(this, shared, 'orders/apply-executions', variables, { timeout: WORKER_LIMIT });
    worker.allowIf(OF_ORDERS, ['dynamodb:BatchGetItem'], shared.data.orders.tableArn);
    mayReadInstruments(shared, mayBookToSuspense(shared, mayBookSales(shared, worker)));
    executions.feed(mayPostpone(maySend(worker, inDoubtOrders), executions), { batchSize: 10, maxConcurrency: 2 });
  }

  #resolveOrders(shared: Shared): void {
    const { inDoubtOrders } = shared.messaging;
    const worker = this.#exchangeRequest(shared, 'resolve-orders', { timeout: WORKER_LIMIT });
    worker.allow(['dynamodb:GetItem'], shared.data.accounts.tableArn);
    inDoubtOrders.feed(mayPostpone(worker, inDoubtOrders), { batchSize: 10, maxConcurrency: 2 });
  }

  #reconcileExecutions(shared: Shared): void {
    const variables = ['ORDERS_TABLE', 'EXECUTIONS_QUEUE_URL', 'TRADING_CALENDAR', ...EXCHANGE] as const;
    const reconciler = addFunction(this, shared, 'orders/reconcile-executions', variables, { timeout: WORKER_LIMIT });
    reconciler
      .allowIf(OF_REPORT_CURSOR, ['dynamodb:GetItem', 'dynamodb:PutItem'], shared.data.orders.tableArn)
      .allowIf(OF_ORDERS, ['dynamodb:BatchGetItem'], shared.data.orders.tableArn);
    runEveryMinute(this, mayUseExchange(shared, maySend(reconciler, shared.messaging.executions)));
  }

  #sweepOrders(shared: Shared): ServiceFunction {
    const { data, messaging } = shared;
    const variables = ['ORDERS_TABLE', 'ORDERS_QUEUE_URL', 'IN_DOUBT_ORDERS_QUEUE_URL', ...EXCHANGE] as const;
    const sweeper = addFunction(this, shared, 'orders/sweep-orders', variables, { timeout: API_LIMIT });
    sweeper
      .allow(['dynamodb:Query'], `${data.orders.tableArn}/index/bySweep`)
      .allowIf(OF_ORDERS, ['dynamodb:UpdateItem'], data.orders.tableArn);
    mayUseExchange(shared, maySend(sweeper, messaging.orders, messaging.inDoubtOrders));
    runEveryMinute(this, sweeper);
    return sweeper;
  }

  #receiveExecutions(shared: Shared): ServiceFunction {
    const receiver = addFunction(this, shared, 'orders/receive-executions', [
      'EXCHANGE_SECRET',
      'EXECUTIONS_QUEUE_URL',
    ]);
    return mayUseExchange(shared, maySend(receiver, shared.messaging.executions));
  }
}
