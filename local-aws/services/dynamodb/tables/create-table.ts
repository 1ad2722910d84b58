import { AwsError, notSupported } from '../../../kernel/aws-error.ts';
import type { Operation } from '../../../kernel/service.ts';
import type { Database } from '../database.ts';
import { oneOf, validation } from '../validation.ts';
import { describe } from './describe-table.ts';
import { saveTable } from './save-table.ts';
import type { IndexDeclaration, StreamViewType, TableDeclaration } from './table.ts';

interface CreateTableInput {
  readonly TableName?: string;
  readonly KeySchema?: TableDeclaration['KeySchema'];
  readonly AttributeDefinitions?: TableDeclaration['AttributeDefinitions'];
  readonly BillingMode?: string;
  readonly ProvisionedThroughput?: TableDeclaration['ProvisionedThroughput'];
  readonly GlobalSecondaryIndexes?: readonly IndexDeclaration[];
  readonly LocalSecondaryIndexes?: readonly IndexDeclaration[];
  readonly StreamSpecification?: { readonly StreamEnabled: boolean; readonly StreamViewType?: StreamViewType };
  readonly DeletionProtectionEnabled?: boolean;
}

const KNOWN = new Set([
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'BillingMode',
  'ProvisionedThroughput',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'StreamSpecification',
  'DeletionProtectionEnabled',
  'SSESpecification',
  'Tags',
  'TableClass',
]);

/** Differs from AWS: the table is ACTIVE at once. */
export function createTable(database: Database): Operation {
  return (input: CreateTableInput) => {
    for (const member in input) if (!KNOWN.has(member)) throw notSupported(`parameter ${member} of CreateTable`);
    if (!input.KeySchema || !input.AttributeDefinitions) {
      throw validation('One or more parameter values were invalid: Missing KeySchema or AttributeDefinitions');
    }
    const declaration = declarationOf(input, input.KeySchema, input.AttributeDefinitions);
    if (database.find(input.TableName)) {
      throw new AwsError('ResourceInUseException', `Table already exists: ${input.TableName}`);
    }
    return { TableDescription: describe(database, saveTable(database, declaration)) };
  };
}

function declarationOf(
  input: CreateTableInput,
  KeySchema: TableDeclaration['KeySchema'],
  AttributeDefinitions: TableDeclaration['AttributeDefinitions'],
): TableDeclaration {
  const stream = input.StreamSpecification;
  if (stream?.StreamEnabled && !stream.StreamViewType) {
    throw validation(
      'One or more parameter values were invalid: StreamViewType is required when StreamEnabled is true',
    );
  }
  return {
    TableName: String(input.TableName),
    KeySchema,
    AttributeDefinitions,
    BillingMode: oneOf(input.BillingMode, 'billingMode', ['PROVISIONED', 'PAY_PER_REQUEST'] as const, 'PROVISIONED'),
    ProvisionedThroughput: input.ProvisionedThroughput,
    GlobalSecondaryIndexes: input.GlobalSecondaryIndexes ?? [],
    LocalSecondaryIndexes: input.LocalSecondaryIndexes ?? [],
    StreamViewType: stream?.StreamEnabled ? stream.StreamViewType : undefined,
    TimeToLiveAttribute: undefined,
    DeletionProtectionEnabled: input.DeletionProtectionEnabled ?? false,
  };
}
