import { constraintViolation, invalidParameterValue, validation } from '../validation.ts';
import type { IndexDeclaration, KeySchemaElement, TableDeclaration } from './table.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (secondary indexes). */
const MAX_GLOBAL_INDEXES = 20;
const MAX_LOCAL_INDEXES = 5;
const NAME = /^[a-zA-Z0-9_.-]{3,255}$/;

/** Refuses a declaration that AWS would refuse; operations rely on every key attribute having a type. */
export function checkDeclaration(table: TableDeclaration): void {
  if (!NAME.test(table.TableName)) {
    throw constraintViolation(
      table.TableName,
      'tableName',
      'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+',
    );
  }
  const types = new Map(table.AttributeDefinitions.map((entry) => [entry.AttributeName, entry.AttributeType]));
  const used = new Set<string>();
  checkKeySchema(table.KeySchema, types, used);
  if (table.GlobalSecondaryIndexes.length > MAX_GLOBAL_INDEXES) {
    throw invalidParameterValue(`GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_GLOBAL_INDEXES}`);
  }
  if (table.LocalSecondaryIndexes.length > MAX_LOCAL_INDEXES) {
    throw invalidParameterValue(`Number of LocalSecondaryIndexes exceeds per-table limit of ${MAX_LOCAL_INDEXES}`);
  }
  const indexes = [...table.GlobalSecondaryIndexes, ...table.LocalSecondaryIndexes];
  for (const index of indexes) checkIndex(index, types, used);
  for (const index of table.LocalSecondaryIndexes) checkLocalIndex(index, table);
  const names = indexes.map(({ IndexName }) => IndexName);
  if (new Set(names).size < names.length) throw invalidParameterValue(`Duplicate index name: ${duplicateOf(names)}`);
  checkAllUsed(types, used);
  checkThroughput(table);
}

function checkKeySchema(
  schema: readonly KeySchemaElement[],
  types: ReadonlyMap<string, string>,
  used: Set<string>,
): void {
  const [partition, sort] = schema;
  if (partition?.KeyType !== 'HASH') {
    throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (sort && sort.KeyType !== 'RANGE') {
    throw validation('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  if (schema.length > 2) {
    throw constraintViolation(`[${schema.length}]`, 'keySchema', 'Member must have length less than or equal to 2');
  }
  if (partition.AttributeName === sort?.AttributeName) {
    throw validation('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  for (const { AttributeName } of schema) {
    used.add(AttributeName);
    if (types.has(AttributeName)) continue;
    throw invalidParameterValue(
      'Some index key attributes are not defined in AttributeDefinitions. ' +
        `Keys: [${schema.map((element) => element.AttributeName).join(', ')}], AttributeDefinitions: [${[...types.keys()].join(', ')}]`,
    );
  }
}

function checkIndex(index: IndexDeclaration, types: ReadonlyMap<string, string>, used: Set<string>): void {
  checkKeySchema(index.KeySchema, types, used);
  const { ProjectionType, NonKeyAttributes } = index.Projection;
  if (ProjectionType === 'INCLUDE' && !NonKeyAttributes?.length) {
    throw invalidParameterValue('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  }
  if (ProjectionType !== 'INCLUDE' && NonKeyAttributes) {
    throw invalidParameterValue(`ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`);
  }
}

function checkLocalIndex(index: IndexDeclaration, table: TableDeclaration): void {
  if (table.KeySchema.length < 2) {
    throw invalidParameterValue(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  }
  if (index.KeySchema.length < 2) {
    throw invalidParameterValue(`Index KeySchema does not have a range key for index: ${index.IndexName}`);
  }
  if (index.KeySchema[0]?.AttributeName === table.KeySchema[0]?.AttributeName) return;
  throw invalidParameterValue(
    `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${index.IndexName}. ` +
      `index hash key: ${index.KeySchema[0]?.AttributeName}, table hash key: ${table.KeySchema[0]?.AttributeName}`,
  );
}

function checkAllUsed(types: ReadonlyMap<string, string>, used: ReadonlySet<string>): void {
  const unused = [...types.keys()].filter((name) => !used.has(name));
  if (unused.length === 0) return;
  throw invalidParameterValue(
    'Some AttributeDefinitions are not used. ' +
      `AttributeDefinitions: [${[...types.keys()].join(', ')}], keys used: [${[...used].join(', ')}]`,
  );
}

function checkThroughput(table: TableDeclaration): void {
  if (table.BillingMode === 'PROVISIONED' && !table.ProvisionedThroughput) {
    throw invalidParameterValue(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  if (table.BillingMode === 'PAY_PER_REQUEST' && table.ProvisionedThroughput) {
    throw invalidParameterValue(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
}

function duplicateOf(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) < index);
}
