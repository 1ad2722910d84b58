import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { dynamoDbAccess } from './access.ts';
import { Database } from './database.ts';
import type { DynamoDbFaults } from './faults.ts';
import { batchGetItem } from './operations/batch-get-item.ts';
import { batchWriteItem } from './operations/batch-write-item.ts';
import { getItem } from './operations/get-item.ts';
import { query } from './operations/query.ts';
import { scan } from './operations/scan.ts';
import { transactGetItems } from './operations/transact-get-items.ts';
import { transactWriteItems } from './operations/transact-write-items.ts';
import { deleteItem, putItem, updateItem } from './operations/write-operations.ts';
import { createTable } from './tables/create-table.ts';
import { describeTable, describeTimeToLive, listTables } from './tables/describe-table.ts';
import { globalTableResource } from './tables/global-table-resource.ts';
import { tableResource } from './tables/table-resource.ts';

/**
 * DynamoDB. `faults` is kept by reference: changing it changes what the service does from the next call on.
 *
 * Differs from AWS: one partition holds everything, so nothing is throttled but by `faults`; global indexes are up to date
 * at once; parameters of the time before expressions (Expected, KeyConditions, …) and PartiQL are refused.
 */
export function createDynamoDb(kernel: Kernel, options: { faults?: DynamoDbFaults } = {}): Service {
  const database = new Database(kernel, options.faults);
  return {
    name: 'dynamodb',
    protocol: { kind: 'aws-json', version: '1.0', target: 'DynamoDB_20120810' },
    operations: {
      CreateTable: createTable(database),
      DescribeTable: describeTable(database),
      ListTables: listTables(database),
      DescribeTimeToLive: describeTimeToLive(database),
      PutItem: putItem(database),
      GetItem: getItem(database),
      UpdateItem: updateItem(database),
      DeleteItem: deleteItem(database),
      Query: query(database),
      Scan: scan(database),
      BatchGetItem: batchGetItem(database),
      BatchWriteItem: batchWriteItem(database),
      TransactWriteItems: transactWriteItems(database),
      TransactGetItems: transactGetItems(database),
    },
    access: dynamoDbAccess(database),
    resources: {
      'AWS::DynamoDB::Table': tableResource(database),
      'AWS::DynamoDB::GlobalTable': globalTableResource(database),
    },
    start: () => database.resume(),
  };
}
