import { orderSagaDefinition, SAGA_TIMEOUT_SECONDS } from '@brokerage/contracts/order-saga';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import { exempt } from './exempt.ts';
import {
  mayBookSales,
  mayChangeOrders,
  mayMoveOrders,
  mayReadInstruments,
  mayReadMarket,
  maySend,
  mayUseExchange,
} from './grants.ts';
import { OF_ORDERS } from './partitions.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared } from './shared.ts';
import { physicalName, recordRemovalPolicy } from './stage.ts';

const BOOKS = ['ORDERS_TABLE', 'ACCOUNTS_TABLE', 'LEDGER_TABLE', 'AUDIT_TABLE', 'TRADING_CALENDAR'] as const;
const EXCHANGE = ['EXCHANGE_URL', 'EXCHANGE_SECRET'] as const;
const MARKET = [...EXCHANGE, 'STOCK_PRICES_TABLE'] as const;

/** The state machine that takes one order to the exchange, and a function for each of its tasks. */
export class OrderSaga extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, shared: Shared) {
    super(scope, 'OrderSaga');
    const tasks = {
      ValidateBalance: this.#validateBalance(shared),
      BlockBalance: mayChangeOrders(shared, addFunction(this, shared, 'orders/block-balance', BOOKS)),
      ExecuteOrder: mayUseExchange(shared, addFunction(this, shared, 'orders/execute-order', EXCHANGE)),
      ConfirmTransaction: mayBookSales(shared, addFunction(this, shared, 'orders/confirm-transaction', BOOKS)),
      RollbackBalance: mayChangeOrders(shared, addFunction(this, shared, 'orders/rollback-balance', BOOKS)),
      SuspendOrder: this.#suspendOrder(shared),
    };
    const role = new Role(this, 'Role', {
      roleName: physicalName(this, 'order-saga-role'),
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
    });
    const arns = Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, task.functionArn]));
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: Object.values(arns) }));
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: physicalName(this, 'OrderSaga'),
      stateMachineType: StateMachineType.EXPRESS,
      role,
      timeout: Duration.seconds(SAGA_TIMEOUT_SECONDS),
      definitionBody: DefinitionBody.fromString(
        JSON.stringify(orderSagaDefinition(arns as Record<keyof typeof tasks, string>)),
      ),
      logs: {
        level: LogLevel.ERROR,
        destination: new LogGroup(this, 'Log', {
          logGroupName: `/aws/vendedlogs/states/${physicalName(this, 'OrderSaga')}`,
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: recordRemovalPolicy(this),
        }),
      },
    });
    this.#explain(role);
  }

  #explain(role: Role): void {
    exempt(role, {
      'IAM5[Resource::*]':
        'Log deliveries, by which a state machine reaches its log, have no resource that IAM could name',
    });
    exempt(this.machine, {
      SF1: 'Each step writes its audit event in its own transaction; the log keeps what failed, and not every order a second time',
      SF2: 'An order is followed by its correlation identifier through logs and audit events; X-Ray would be asked six times an order',
    });
  }

  #validateBalance(shared: Shared): ServiceFunction {
    const { data } = shared;
    const variables = ['ORDERS_TABLE', 'ACCOUNTS_TABLE', 'INSTRUMENTS_TABLE', 'TRADING_CALENDAR', ...MARKET] as const;
    const task = addFunction(this, shared, 'orders/validate-balance', variables);
    task
      .allowIf(OF_ORDERS, ['dynamodb:BatchGetItem'], data.orders.tableArn)
      .allow(['dynamodb:BatchGetItem'], data.accounts.tableArn);
    return mayReadMarket(shared, mayReadInstruments(shared, task));
  }

  #suspendOrder(shared: Shared): ServiceFunction {
    const task = addFunction(this, shared, 'orders/suspend-order', [...BOOKS, 'IN_DOUBT_ORDERS_QUEUE_URL']);
    return maySend(mayMoveOrders(shared, task), shared.messaging.inDoubtOrders);
  }
}
