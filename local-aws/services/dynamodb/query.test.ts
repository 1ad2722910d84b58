import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  paginateQuery,
  paginateScan,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DynamoDbStack, key, ORDERS, startDynamoDbStack } from './testing/dynamodb-stack.ts';

const TableName = 'Orders';

describe('queries, scans and batches', () => {
  let stack: DynamoDbStack;
  beforeAll(async () => {
    stack = await startDynamoDbStack();
    stack.table({
      AttributeDefinitions: [...ORDERS.AttributeDefinitions, { AttributeName: 'g', AttributeType: 'S' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byG',
          KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['v'] },
        },
      ],
    });
    for (let sk = 0; sk < 25; sk++) {
      const group = sk % 5 === 0 ? { g: { S: 'fifth' } } : {};
      const Item = { ...key('p', sk), ...group, v: { N: String(sk) }, hidden: { S: 'h' } };
      await stack.client.send(new PutItemCommand({ TableName, Item: Item as PutItemCommandInput['Item'] }));
    }
  });
  afterAll(() => stack.close());

  const query = (input: Omit<QueryCommandInput, 'TableName'>) =>
    stack.client.send(new QueryCommand({ TableName, ...input }));
  const p = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } } };
  const fifth = {
    IndexName: 'byG',
    KeyConditionExpression: 'g = :g',
    ExpressionAttributeValues: { ':g': { S: 'fifth' } },
  };

  it.each([true, false])('pages see each item once, ScanIndexForward %s', async (ScanIndexForward) => {
    const pages = paginateQuery({ client: stack.client, pageSize: 7 }, { TableName, ...p, ScanIndexForward });
    const seen: number[] = [];
    for await (const page of pages) seen.push(...(page.Items ?? []).map((item) => Number(item.sk?.N)));
    const ascending = Array.from({ length: 25 }, (_, sk) => sk);
    expect(seen).toEqual(ScanIndexForward ? ascending : ascending.toReversed());
  });

  it.each([true, false])('pages of an index see each item once, ScanIndexForward %s', async (ScanIndexForward) => {
    const pages = paginateQuery({ client: stack.client, pageSize: 2 }, { TableName, ...fifth, ScanIndexForward });
    const seen: number[] = [];
    for await (const page of pages) seen.push(...(page.Items ?? []).map((item) => Number(item.sk?.N)));
    expect(seen).toEqual(ScanIndexForward ? [0, 5, 10, 15, 20] : [20, 15, 10, 5, 0]);
  });

  it('a page ends at 1 MB', async () => {
    for (let sk = 0; sk < 4; sk++) {
      const Item = { ...key('big', sk), b: { S: 'x'.repeat(380_000) } };
      await stack.client.send(new PutItemCommand({ TableName, Item }));
    }
    const page = await query({ ...p, ExpressionAttributeValues: { ':p': { S: 'big' } } });
    expect(page.Count).toBe(3);
    expect(page.LastEvaluatedKey).toEqual(key('big', 2));
  });

  it('an index shows what it projects, and only items that have its key', async () => {
    const { Items } = await query(fifth);
    expect(Items).toHaveLength(5);
    expect(Items?.[1]).toEqual({ ...key('p', 5), g: { S: 'fifth' }, v: { N: '5' } });
  });

  it('an index follows its item', async () => {
    const change = (UpdateExpression: string, values?: Record<string, { S: string }>) =>
      stack.client.send(
        new UpdateItemCommand({ TableName, Key: key('p', 1), UpdateExpression, ExpressionAttributeValues: values }),
      );
    await change('SET g = :g', { ':g': { S: 'fifth' } });
    expect((await query(fifth)).Count).toBe(6);
    await change('REMOVE g');
    expect((await query(fifth)).Count).toBe(5);
  });

  it.each([
    ['a consistent read of a global index', { ...fifth, ConsistentRead: true }, /Consistent reads are not supported/],
    ['what a global index does not hold', { ...fifth, ProjectionExpression: 'hidden' }, /does not project \[hidden\]/],
    ['whole items of it', { ...fifth, Select: 'ALL_ATTRIBUTES' as const }, /projection type is not ALL/],
    ['an index that is not there', { ...fifth, IndexName: 'none' }, /does not have the specified index: none/],
  ])('refuses %s', async (_what, input, message) => {
    await expect(query(input)).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  it('counts without items', async () => {
    const filter = { FilterExpression: 'v >= :v', ExpressionAttributeValues: { ':p': { S: 'p' }, ':v': { N: '20' } } };
    const page = await query({ ...p, ...filter, Select: 'COUNT' });
    expect(page).toMatchObject({ Count: 5, ScannedCount: 25 });
    expect(page.Items).toBeUndefined();
  });

  it('segments of a parallel scan share the items out', async () => {
    for (let index = 0; index < 40; index++) {
      await stack.client.send(new PutItemCommand({ TableName, Item: key(`scan-${index}`) }));
    }
    const scanned = async (segment: object) => {
      const texts: string[] = [];
      const input = { TableName, ProjectionExpression: 'pk, sk', ...segment };
      for await (const page of paginateScan({ client: stack.client }, input)) {
        for (const item of page.Items ?? []) texts.push(JSON.stringify(item));
      }
      return texts;
    };
    const segments = await Promise.all([0, 1, 2].map((Segment) => scanned({ Segment, TotalSegments: 3 })));
    expect(segments.every((texts) => texts.length > 0)).toBe(true);
    expect(segments.flat().sort()).toEqual((await scanned({})).sort());
  });

  it('writes and reads batches', async () => {
    const writes = [1, 2, 3].map((sk) => ({ PutRequest: { Item: key('batch', sk) } }));
    await stack.client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: writes } }));
    const removal = [{ DeleteRequest: { Key: key('batch', 2) } }];
    await stack.client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: removal } }));
    const Keys = [1, 2, 3].map((sk) => key('batch', sk));
    const { Responses } = await stack.client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } }));
    expect(Responses?.[TableName]).toEqual([key('batch', 1), key('batch', 3)]);
  });

  it.each([
    ['26 writes', 26, 'Too many items requested for the BatchWriteItem call'],
    ['an item twice', 2, 'Provided list of item keys contains duplicates'],
  ])('refuses a batch with %s', async (_what, count, message) => {
    const writes = Array.from({ length: count }, (_, sk) => ({
      DeleteRequest: { Key: key('batch', count === 2 ? 1 : sk) },
    }));
    const batch = stack.client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: writes } }));
    await expect(batch).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});
