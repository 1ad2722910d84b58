import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { key, ORDERS, startDynamoDbStack } from './testing/dynamodb-stack.ts';

const TableName = 'Orders';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynamodb-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('finds its tables, items and tokens after a restart', async () => {
  const path = join(folder, 'state.db');
  const transaction = new TransactWriteItemsCommand({
    ClientRequestToken: 'token',
    TransactItems: [
      {
        Update: {
          TableName,
          Key: key('a'),
          UpdateExpression: 'ADD v :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      },
    ],
  });
  const before = await startDynamoDbStack({ path });
  before.table();
  await before.client.send(transaction);
  await before.close();

  const after = await startDynamoDbStack({ path });
  await after.client.send(transaction);
  const { Item } = await after.client.send(new GetItemCommand({ TableName, Key: key('a') }));
  expect(Item?.v).toEqual({ N: '1' });
  await after.close();
});

it('fills an index that an existing table gets', async () => {
  const stack = await startDynamoDbStack();
  stack.table();
  await stack.client.send(new PutItemCommand({ TableName, Item: { ...key('a'), g: { S: 'x' } } }));
  await stack.client.send(new PutItemCommand({ TableName, Item: key('b') }));
  stack.table({
    AttributeDefinitions: [...ORDERS.AttributeDefinitions, { AttributeName: 'g', AttributeType: 'S' }],
    GlobalSecondaryIndexes: [
      { IndexName: 'byG', KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
    ],
  });
  const { Items } = await stack.client.send(
    new QueryCommand({
      TableName,
      IndexName: 'byG',
      KeyConditionExpression: 'g = :g',
      ExpressionAttributeValues: { ':g': { S: 'x' } },
    }),
  );
  expect(Items).toEqual([{ ...key('a'), g: { S: 'x' } }]);
  await stack.close();
});
