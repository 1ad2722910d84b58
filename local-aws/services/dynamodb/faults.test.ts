import { GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DynamoDbStack, key, startDynamoDbStack } from './testing/dynamodb-stack.ts';

const TableName = 'Orders';
let stack: DynamoDbStack;
beforeAll(async () => {
  stack = await startDynamoDbStack();
  stack.table();
});
afterAll(() => stack.close());

const put = () => stack.client.send(new PutItemCommand({ TableName, Item: key('a') }));

it('makes writes meet a transaction under way, while it is asked to', async () => {
  stack.faults.transactionConflictProbability = 1;
  await expect(put()).rejects.toMatchObject({ name: 'TransactionConflictException' });
  const items = ['a', 'b'].map((pk) => ({ Put: { TableName, Item: key(pk) } }));
  const transaction = stack.client.send(new TransactWriteItemsCommand({ TransactItems: items }));
  await expect(transaction).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: expect.arrayContaining([expect.objectContaining({ Code: 'TransactionConflict' })]),
  });
  const { Item } = await stack.client.send(new GetItemCommand({ TableName, Key: key('a') }));
  expect(Item).toBeUndefined();
  stack.faults.transactionConflictProbability = 0;
  await put();
});

it('throttles, while it is asked to', async () => {
  stack.faults.throttlingProbability = 1;
  await expect(put()).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  stack.faults.throttlingProbability = 0;
  await put();
});
