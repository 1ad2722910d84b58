import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import { PLAN_NAMES } from './api.ts';
import { exemptWildcard } from './exempt.ts';
import { mayReadEntries } from './grants.ts';
import { OF_CLIENT_DIRECTORY, OF_ORDERS, OF_STAFF_DIRECTORY } from './partitions.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared, Variables } from './shared.ts';
import { physicalName } from './stage.ts';

const CLIENTS = ['ACCOUNTS_TABLE', 'CPF_HOLDERS_TABLE', 'STAFF_ACTIONS_TABLE'] as const;
const KEYS = [...CLIENTS, 'API_KEYS_TABLE'] as const;
const STAFF = [
  'ACCOUNTS_TABLE',
  'STAFF_ACTIONS_TABLE',
  'API_KEYS_TABLE',
  'PERSONAL_DATA_KEY',
  'CPF_INDEX_KEY',
] as const;

const inDynamoDb = (action: string) => `dynamodb:${action}`;

/** Who the clients are, and the API keys they call with: what staff keep. */
export class Clients extends Construct {
  readonly operations: Readonly<Record<string, ServiceFunction>>;

  constructor(scope: Construct, shared: Shared) {
    super(scope, 'Clients');
    this.operations = {
      ...this.#registry(shared),
      ...this.#dataSubject(shared),
      ...this.#suitability(shared),
      ...this.#keys(shared),
      ...this.#staff(shared),
    };
  }

  #ofClient(shared: Shared, name: string, variables: readonly (keyof Variables)[]): ServiceFunction {
    const lambda = addFunction(this, shared, `clients/${name}`, variables);
    return lambda.allow(['dynamodb:GetItem'], shared.data.accounts.tableArn);
  }

  #registry(shared: Shared): Record<string, ServiceFunction> {
    const { data, encryption } = shared;
    const create = this.#ofClient(shared, 'create-client', [...CLIENTS, 'PERSONAL_DATA_KEY', 'CPF_INDEX_KEY']);
    create.allow(['dynamodb:PutItem'], data.accounts.tableArn, data.cpfHolders.tableArn, data.staffActions.tableArn);
    const list = addFunction(this, shared, 'clients/list-clients', CLIENTS);
    return {
      'create-client': encryption.mayIndexCpf(encryption.mayWritePersonalData(create)),
      'list-clients': list.allowIf(
        OF_CLIENT_DIRECTORY,
        ['dynamodb:Query'],
        `${data.accounts.tableArn}/index/byOpening`,
      ),
      'get-client': this.#mayReadOf(shared, this.#ofClient(shared, 'get-client', [...CLIENTS, 'PERSONAL_DATA_KEY'])),
    };
  }

  /** What the LGPD gives a client: its data, and their end. */
  #dataSubject(shared: Shared): Record<string, ServiceFunction> {
    const { accounts, audit, outbox, apiKeys, staffActions, transfers } = shared.data;
    const variables = [...KEYS, 'PERSONAL_DATA_KEY', 'LEDGER_TABLE', 'TRANSFERS_TABLE'] as const;
    const exporter = this.#ofClient(shared, 'export-client', [...variables, 'AUDIT_TABLE', 'OUTBOX_TABLE'])
      .allow(['dynamodb:Query'], accounts.tableArn, outbox.tableArn, staffActions.tableArn)
      .allow(['dynamodb:Query'], ...[audit, apiKeys, transfers].map(({ tableArn }) => `${tableArn}/index/byAccount`))
      .allow(['dynamodb:BatchGetItem'], audit.tableArn);
    return {
      'export-client': this.#mayReadOf(shared, mayReadEntries(shared, exporter)),
      'end-client': this.#ender(shared),
    };
  }

  /** Looks for what an account still holds; closes it; erases, years later, whose it was. */
  #ender(shared: Shared): ServiceFunction {
    const { accounts, apiKeys, cpfHolders, orders, transfers } = shared.data;
    const ender = this.#withPlans(shared, 'end-client', [
      ...KEYS,
      ...(['PERSONAL_DATA_KEY', 'LEDGER_TABLE', 'ORDERS_TABLE', 'TRANSFERS_TABLE'] as const),
    ])
      .allow(['Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'].map(inDynamoDb), accounts.tableArn)
      .allow(['dynamodb:Query'], `${orders.tableArn}/index/byAccount`, `${transfers.tableArn}/index/byAccount`)
      .allowIf(OF_ORDERS, ['dynamodb:BatchGetItem'], orders.tableArn)
      .allow(['dynamodb:UpdateItem'], apiKeys.tableArn)
      .allow(['dynamodb:DeleteItem'], cpfHolders.tableArn);
    const recorder = this.#mayListKeys(shared, this.#mayRecord(shared, mayReadEntries(shared, ender)));
    return shared.encryption.mayWritePersonalData(this.#mayRemovePlanKeys(recorder));
  }

  #suitability(shared: Shared): Record<string, ServiceFunction> {
    const keeper = this.#ofClient(shared, 'keep-suitability', CLIENTS);
    keeper.allow(['dynamodb:UpdateItem'], shared.data.accounts.tableArn);
    return { 'keep-suitability': this.#mayRecord(shared, keeper) };
  }

  #keys(shared: Shared): Record<string, ServiceFunction> {
    return { 'keep-api-keys': this.#mayChangeKeys(shared, this.#withPlans(shared, 'keep-api-keys', KEYS)) };
  }

  /** Each change checks, in its transaction, that an active administrator asks. */
  #staff(shared: Shared): Record<string, ServiceFunction> {
    const { accounts } = shared.data;
    const keeper = this.#withPlans(shared, 'keep-staff', STAFF)
      .allow(['BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'].map(inDynamoDb), accounts.tableArn)
      .allowIf(OF_STAFF_DIRECTORY, ['dynamodb:Query'], `${accounts.tableArn}/index/byOpening`);
    const sealer = shared.encryption.mayIndexCpf(shared.encryption.mayWritePersonalData(keeper));
    return { 'keep-staff': this.#mayChangeKeys(shared, sealer) };
  }

  #withPlans(shared: Shared, name: string, variables: readonly (keyof Variables)[]): ServiceFunction {
    const lambda = this.#ofClient(shared, name, variables);
    lambda.addEnvironment('STANDARD_PLAN', physicalName(this, PLAN_NAMES.STANDARD));
    lambda.addEnvironment('PROFESSIONAL_PLAN', physicalName(this, PLAN_NAMES.PROFESSIONAL));
    return lambda;
  }

  /** Who reads personal data is written down. */
  #mayReadOf(shared: Shared, lambda: ServiceFunction): ServiceFunction {
    return shared.encryption.mayReadPersonalData(this.#mayRecord(shared, lambda));
  }

  #mayListKeys({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
    return lambda.allow(['dynamodb:Query'], `${data.apiKeys.tableArn}/index/byAccount`);
  }

  #mayRecord({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
    return lambda.allow(['dynamodb:PutItem'], data.staffActions.tableArn);
  }

  #mayChangeKeys(shared: Shared, lambda: ServiceFunction): ServiceFunction {
    lambda.allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'], shared.data.apiKeys.tableArn);
    const keeper = this.#mayListKeys(shared, this.#mayRecord(shared, lambda));
    return this.#mayRemovePlanKeys(this.#mayAddPlanKeys(keeper));
  }

  /**
   * API Gateway's actions are HTTP methods on its own resources. The plans' ids are looked up by name, since a plan comes after its API's
   * functions and cannot be named to them. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
   */
  #mayAddPlanKeys(lambda: ServiceFunction): ServiceFunction {
    const keysOfPlans = this.#controlPlane('/usageplans/*/keys');
    exemptWildcard(
      lambda,
      keysOfPlans,
      'The plans come after the functions behind their API, and cannot be named to them',
    );
    return lambda
      .allow(['apigateway:GET'], this.#controlPlane('/usageplans'))
      .allow(['apigateway:POST'], this.#controlPlane('/apikeys'), keysOfPlans);
  }

  #mayRemovePlanKeys(lambda: ServiceFunction): ServiceFunction {
    const keys = this.#controlPlane('/apikeys/*');
    exemptWildcard(lambda, keys, 'A client’s key has its identifier only once it is issued');
    return lambda.allow(['apigateway:DELETE'], keys);
  }

  #controlPlane(path: string): string {
    const { partition, region } = Stack.of(this);
    return `arn:${partition}:apigateway:${region}::${path}`;
  }
}
