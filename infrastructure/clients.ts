import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import { PLAN_NAMES } from './api.ts';
import { mayReadEntries } from './grants.ts';
import { OF_CLIENT_DIRECTORY } from './partitions.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared, Variables } from './shared.ts';
import { physicalName } from './stage.ts';

const CLIENTS = ['ACCOUNTS_TABLE', 'CPF_HOLDERS_TABLE', 'STAFF_ACTIONS_TABLE'] as const;
const KEYS = [...CLIENTS, 'API_KEYS_TABLE'] as const;

/** Who the clients are, and the API keys they call with: what staff keep. */
export class Clients extends Construct {
  readonly operations: Readonly<Record<string, ServiceFunction>>;

  constructor(scope: Construct, shared: Shared) {
    super(scope, 'Clients');
    this.operations = { ...this.#registry(shared), ...this.#dataSubject(shared), ...this.#keys(shared) };
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
    const { accounts, audit, outbox, apiKeys, staffActions, cpfHolders } = shared.data;
    const variables = [...KEYS, 'PERSONAL_DATA_KEY', 'LEDGER_TABLE'] as const;
    const exporter = this.#ofClient(shared, 'export-client', [...variables, 'AUDIT_TABLE', 'OUTBOX_TABLE'])
      .allow(['dynamodb:Query'], accounts.tableArn, outbox.tableArn, staffActions.tableArn)
      .allow(['dynamodb:Query'], `${audit.tableArn}/index/byAccount`, `${apiKeys.tableArn}/index/byAccount`)
      .allow(['dynamodb:BatchGetItem'], audit.tableArn);
    const eraser = this.#withPlans(shared, 'erase-client', variables)
      .allow(['dynamodb:Query', 'dynamodb:PutItem'], accounts.tableArn)
      .allow(['dynamodb:Query'], `${apiKeys.tableArn}/index/byAccount`)
      .allow(['dynamodb:UpdateItem'], apiKeys.tableArn)
      .allow(['dynamodb:DeleteItem'], cpfHolders.tableArn)
      .allow(['dynamodb:PutItem'], staffActions.tableArn);
    return {
      'export-client': this.#mayReadOf(shared, mayReadEntries(shared, exporter)),
      'erase-client': shared.encryption.mayWritePersonalData(this.#mayRemovePlanKeys(mayReadEntries(shared, eraser))),
    };
  }

  #keys(shared: Shared): Record<string, ServiceFunction> {
    const issue = this.#mayChangeKeys(shared, this.#withPlans(shared, 'issue-api-key', KEYS), ['PutItem']);
    const revoke = this.#mayChangeKeys(shared, this.#withPlans(shared, 'revoke-api-key', KEYS), ['UpdateItem']);
    const rotate = this.#ofClient(shared, 'rotate-api-key', KEYS);
    return {
      'issue-api-key': this.#mayAddPlanKeys(issue),
      'rotate-api-key': this.#mayChangeKeys(shared, rotate, ['PutItem', 'UpdateItem']),
      'revoke-api-key': this.#mayRemovePlanKeys(revoke),
      'list-api-keys': this.#mayListKeys(shared, this.#ofClient(shared, 'list-api-keys', KEYS)),
    };
  }

  #withPlans(shared: Shared, name: string, variables: readonly (keyof Variables)[]): ServiceFunction {
    const lambda = this.#ofClient(shared, name, variables);
    lambda.addEnvironment('STANDARD_PLAN', physicalName(this, PLAN_NAMES.STANDARD));
    lambda.addEnvironment('PROFESSIONAL_PLAN', physicalName(this, PLAN_NAMES.PROFESSIONAL));
    return lambda;
  }

  /** Who reads personal data is written down. */
  #mayReadOf({ data, encryption }: Shared, lambda: ServiceFunction): ServiceFunction {
    return encryption.mayReadPersonalData(lambda.allow(['dynamodb:PutItem'], data.staffActions.tableArn));
  }

  #mayListKeys({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
    return lambda.allow(['dynamodb:Query'], `${data.apiKeys.tableArn}/index/byAccount`);
  }

  #mayChangeKeys(shared: Shared, lambda: ServiceFunction, how: readonly string[]): ServiceFunction {
    const { apiKeys, staffActions } = shared.data;
    return this.#mayListKeys(shared, lambda)
      .allow(
        how.map((action) => `dynamodb:${action}`),
        apiKeys.tableArn,
      )
      .allow(['dynamodb:PutItem'], staffActions.tableArn);
  }

  /**
   * API Gateway's actions are HTTP methods on its own resources. The plans' ids are looked up by name, since a plan comes after its API's
   * functions and cannot be named to them. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
   */
  #mayAddPlanKeys(lambda: ServiceFunction): ServiceFunction {
    return lambda
      .allow(['apigateway:GET'], this.#controlPlane('/usageplans'))
      .allow(['apigateway:POST'], this.#controlPlane('/apikeys'), this.#controlPlane('/usageplans/*/keys'));
  }

  #mayRemovePlanKeys(lambda: ServiceFunction): ServiceFunction {
    return lambda.allow(['apigateway:DELETE'], this.#controlPlane('/apikeys/*'));
  }

  #controlPlane(path: string): string {
    const { partition, region } = Stack.of(this);
    return `arn:${partition}:apigateway:${region}::${path}`;
  }
}
