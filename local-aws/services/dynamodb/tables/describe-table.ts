import { AwsError } from '../../../kernel/aws-error.ts';
import type { Operation } from '../../../kernel/service.ts';
import type { Database } from '../database.ts';
import { constraintViolation } from '../validation.ts';
import type { IndexDeclaration, Table } from './table.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
const MAX_TABLE_NAMES = 100;
const NO_THROUGHPUT = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };

export function describeTable(database: Database): Operation {
  return (input: { TableName?: string }) => ({ Table: describe(database, namedTable(database, input.TableName)) });
}

export function describeTimeToLive(database: Database): Operation {
  return (input: { TableName?: string }) => {
    const { timeToLiveAttribute } = namedTable(database, input.TableName);
    const description = timeToLiveAttribute
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLiveAttribute }
      : { TimeToLiveStatus: 'DISABLED' };
    return { TimeToLiveDescription: description };
  };
}

export function listTables(database: Database): Operation {
  return (input: { ExclusiveStartTableName?: string; Limit?: number }) => {
    const limit = input.Limit ?? MAX_TABLE_NAMES;
    if (limit < 1 || limit > MAX_TABLE_NAMES) {
      throw constraintViolation(limit, 'limit', `Member must have value less than or equal to ${MAX_TABLE_NAMES}`);
    }
    const after = input.ExclusiveStartTableName ?? '';
    const names = database
      .tables()
      .map((table) => table.name)
      .filter((name) => name > after);
    const TableNames = names.slice(0, limit);
    return names.length > limit ? { TableNames, LastEvaluatedTableName: TableNames.at(-1) } : { TableNames };
  };
}

/** The table as DescribeTable shows it. */
export function describe(database: Database, table: Table) {
  const { declaration, createdMs, tableId } = table.record;
  const { items, sizeBytes } = database.items.count(table.id);
  const indexes = (kind: 'global' | 'local', declared: readonly IndexDeclaration[]) =>
    declared.length > 0 ? declared.map((index) => describeIndex(table, kind, index)) : undefined;
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: tableId,
    TableStatus: 'ACTIVE',
    CreationDateTime: createdMs / 1000,
    KeySchema: declaration.KeySchema,
    AttributeDefinitions: declaration.AttributeDefinitions,
    ItemCount: items,
    TableSizeBytes: sizeBytes,
    BillingModeSummary: declaration.BillingMode === 'PAY_PER_REQUEST' ? { BillingMode: 'PAY_PER_REQUEST' } : undefined,
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...(declaration.ProvisionedThroughput ?? NO_THROUGHPUT) },
    GlobalSecondaryIndexes: indexes('global', declaration.GlobalSecondaryIndexes),
    LocalSecondaryIndexes: indexes('local', declaration.LocalSecondaryIndexes),
    DeletionProtectionEnabled: declaration.DeletionProtectionEnabled,
    ...(table.stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream.viewType },
      LatestStreamArn: table.stream.arn,
      LatestStreamLabel: table.record.stream?.label,
    }),
  };
}

function describeIndex(table: Table, kind: 'global' | 'local', index: IndexDeclaration) {
  return {
    IndexName: index.IndexName,
    IndexArn: `${table.arn}/index/${index.IndexName}`,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
    ...(kind === 'global' && {
      IndexStatus: 'ACTIVE',
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...(index.ProvisionedThroughput ?? NO_THROUGHPUT) },
    }),
  };
}

function namedTable(database: Database, name: string | undefined): Table {
  const table = database.find(name);
  if (table) return table;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}
