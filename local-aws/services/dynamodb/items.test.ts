import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DynamoDbStack, key, startDynamoDbStack } from './testing/dynamodb-stack.ts';

describe('items', () => {
  let stack: DynamoDbStack;
  const TableName = 'Orders';
  beforeAll(async () => {
    stack = await startDynamoDbStack();
    stack.table();
  });
  afterAll(() => stack.close());

  const put = (Item: Record<string, unknown>, rest: Partial<PutItemCommandInput> = {}) =>
    stack.client.send(new PutItemCommand({ TableName, Item: Item as PutItemCommandInput['Item'], ...rest }));

  it('gives back every type as it was put', async () => {
    const item = {
      ...key('types'),
      text: { S: 'São Paulo' },
      empty: { S: '' },
      number: { N: '1.5' },
      bytes: { B: new Uint8Array([0, 1, 255]) },
      yes: { BOOL: true },
      nothing: { NULL: true as const },
      list: { L: [{ N: '1' }, { M: { a: { S: 'b' } } }] },
      names: { SS: ['a', 'b'] },
      numbers: { NS: ['1', '2'] },
    };
    await put(item);
    const { Item } = await stack.client.send(new GetItemCommand({ TableName, Key: key('types') }));
    expect(Item).toEqual(item);
  });

  it('finds an item by any text of its number', async () => {
    await put({ ...key('n', 10) });
    const Key = { pk: { S: 'n' }, sk: { N: '1.0E+1' } };
    const { Item } = await stack.client.send(new GetItemCommand({ TableName, Key }));
    expect(Item).toEqual(key('n', 10));
  });

  it('answers nothing for an item that is not there', async () => {
    const { Item } = await stack.client.send(new GetItemCommand({ TableName, Key: key('absent') }));
    expect(Item).toBeUndefined();
  });

  it('returns the item that a put or delete takes away', async () => {
    await put({ ...key('old'), v: { N: '1' } });
    const replaced = await put({ ...key('old'), v: { N: '2' } }, { ReturnValues: 'ALL_OLD' });
    expect(replaced.Attributes).toEqual({ ...key('old'), v: { N: '1' } });
    const deletion = new DeleteItemCommand({ TableName, Key: key('old'), ReturnValues: 'ALL_OLD' });
    expect((await stack.client.send(deletion)).Attributes).toEqual({ ...key('old'), v: { N: '2' } });
    expect((await stack.client.send(deletion)).Attributes).toBeUndefined();
  });

  it.each([
    ['NONE', undefined],
    ['ALL_OLD', { ...key('rv'), a: { M: { x: { N: '1' }, y: { N: '5' } } }, b: { S: 'b' } }],
    ['UPDATED_OLD', { a: { M: { x: { N: '1' } } } }],
    ['ALL_NEW', { ...key('rv'), a: { M: { x: { N: '2' }, y: { N: '5' } } }, b: { S: 'b' }, c: { N: '1' } }],
    ['UPDATED_NEW', { a: { M: { x: { N: '2' } } }, c: { N: '1' } }],
  ] as const)('an update returns %s', async (ReturnValues, expected) => {
    await put({ ...key('rv'), a: { M: { x: { N: '1' }, y: { N: '5' } } }, b: { S: 'b' } });
    const { Attributes } = await stack.client.send(
      new UpdateItemCommand({
        TableName,
        Key: key('rv'),
        UpdateExpression: 'SET a.x = a.x + :one ADD c :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues,
      }),
    );
    expect(Attributes).toEqual(expected);
  });

  it('hands the item to whoever fails its condition and asks for it', async () => {
    await put({ ...key('cond'), v: { N: '1' } });
    const attempt = put(key('cond'), {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(attempt).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { ...key('cond'), v: { N: '1' } },
    });
  });

  const emptyKey = 'The AttributeValue for a key attribute cannot contain an empty string value. Key: pk';
  it.each([
    ['no key', { sk: { N: '1' } }, 'One or more parameter values were invalid: Missing the key pk in the item'],
    [
      'a key of another type',
      { pk: { N: '1' }, sk: { N: '1' } },
      'One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N',
    ],
    ['an empty key', key(''), `One or more parameter values are not valid. ${emptyKey}`],
    [
      'a key of 2049 bytes',
      key(`${'é'.repeat(1024)}x`),
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ],
    [
      'more than 400 KB',
      { ...key('a'), b: { S: 'x'.repeat(409_600) } },
      'Item size has exceeded the maximum allowed size',
    ],
  ])('refuses an item with %s', async (_what, item, message) => {
    await expect(put(item)).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  it('takes an item of exactly 400 KB, and not one byte more by an update', async () => {
    const keyBytes = 'pk'.length + 'full'.length + 'sk'.length + 2;
    await put({ ...key('full'), b: { S: 'x'.repeat(409_600 - keyBytes - 1) } });
    const update = new UpdateItemCommand({ TableName, Key: key('full'), UpdateExpression: 'SET c = b' });
    await expect(stack.client.send(update)).rejects.toThrow(
      'Item size to update has exceeded the maximum allowed size',
    );
  });

  it('refuses the parameters of the time before expressions', async () => {
    const legacy = put(key('legacy'), { Expected: { a: { Exists: false } } });
    await expect(legacy).rejects.toThrow('legacy parameter Expected of DynamoDB is not supported by local-aws');
  });

  it('does not know a table that was not made', async () => {
    const get = stack.client.send(new GetItemCommand({ TableName: 'Nowhere', Key: key('a') }));
    await expect(get).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
  });
});
