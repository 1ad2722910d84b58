import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DynamoDbStack, key, startDynamoDbStack } from './testing/dynamodb-stack.ts';

const TableName = 'Orders';
const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };

function put(pk: string, rest: object = {}): TransactWriteItem {
  return { Put: { TableName, Item: { ...key(pk), v: { N: '1' } }, ...rest } };
}

function addOne(pk: string): TransactWriteItem {
  const ExpressionAttributeValues = { ':one': { N: '1' } };
  return { Update: { TableName, Key: key(pk), UpdateExpression: 'SET v = v + :one', ExpressionAttributeValues } };
}

describe('transactions', () => {
  let stack: DynamoDbStack;
  let client: DynamoDBClient;
  beforeEach(async () => {
    stack = await startDynamoDbStack();
    stack.table();
    client = stack.client;
  });
  afterEach(() => stack.close());

  const write = (items: TransactWriteItem[], token?: string) =>
    client.send(new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token }));
  const numberOf = async (pk: string) =>
    (await client.send(new GetItemCommand({ TableName, Key: key(pk) }))).Item?.v?.N;

  it('writes all', async () => {
    await client.send(new PutItemCommand({ TableName, Item: { ...key('c'), v: { N: '1' } } }));
    await client.send(new PutItemCommand({ TableName, Item: { ...key('d'), v: { N: '1' } } }));
    const check = { ConditionCheck: { TableName, Key: key('d'), ConditionExpression: 'attribute_exists(pk)' } };
    await write([put('a', isNew), addOne('c'), check]);
    expect([await numberOf('a'), await numberOf('c'), await numberOf('d')]).toEqual(['1', '2', '1']);
  });

  it('or nothing, and says by index why', async () => {
    await write([put('b')]);
    const onFailure = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    const attempt = write([put('a', isNew), put('b', { ...isNew, ...onFailure }), addOne('missing')]);
    await expect(attempt).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Item: { ...key('b'), v: { N: '1' } } },
        {
          Code: 'ValidationError',
          Message: 'The provided expression refers to an attribute that does not exist in the item',
        },
      ],
    });
    expect(await numberOf('a')).toBeUndefined();
  });

  it('carries out a token once', async () => {
    await write([put('a')]);
    await write([addOne('a')], 'token-1');
    await write([addOne('a')], 'token-1');
    expect(await numberOf('a')).toBe('2');
    await expect(write([put('b')], 'token-1')).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
  });

  it('forgets a token after ten minutes', async () => {
    await write([put('a')]);
    await write([addOne('a')], 'token-1');
    await stack.advance(10 * 60_000 - 1);
    await write([addOne('a')], 'token-1');
    expect(await numberOf('a')).toBe('2');
    await stack.advance(1);
    await write([addOne('a')], 'token-1');
    expect(await numberOf('a')).toBe('3');
  });

  it('does not keep the token of a transaction that failed', async () => {
    await expect(write([addOne('a')], 'token-1')).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    await write([put('a')]);
    await write([addOne('a')], 'token-1');
    expect(await numberOf('a')).toBe('2');
  });

  it.each([
    ['two actions on one item', [put('a'), addOne('a')], /cannot include multiple operations on one item/],
    ['101 actions', Array.from({ length: 101 }, (_, i) => put(`k${i}`)), /length less than or equal to 100/],
    ['no action', [], /length greater than or equal to 1/],
  ])('refuses %s', async (_what, items, message) => {
    await expect(write(items)).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  it('takes 100 actions, and refuses more than 4 MB', async () => {
    await write(Array.from({ length: 100 }, (_, i) => put(`k${i}`)));
    const large = (pk: string) => put(pk, { Item: { ...key(pk), b: { S: 'x'.repeat(400_000) } } });
    const items = Array.from({ length: 11 }, (_, i) => large(`large${i}`));
    await expect(write(items)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await numberOf('k99')).toBe('1');
  });

  it('reads several items at once, in order, with gaps', async () => {
    await write([put('a'), put('b')]);
    const TransactItems = ['b', 'none', 'a'].map((pk) => ({ Get: { TableName, Key: key(pk) } }));
    const { Responses } = await client.send(new TransactGetItemsCommand({ TransactItems }));
    expect(Responses?.map(({ Item }) => Item?.pk?.S)).toEqual(['b', undefined, 'a']);
  });
});
