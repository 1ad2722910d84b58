import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type AttributeMap, fromAttributes, type Item, toAttributes } from './attribute-value.ts';
import { type Pause, retryDelayMs, sleep } from './pause.ts';
import { type Expression, expressionParameters, type Key } from './table-expression.ts';
import { transact } from './transact.ts';
import type { TransactAction, TransactOutcome } from './transaction.ts';

export interface Query {
  readonly table: string;
  readonly index?: string;
  readonly key: Expression;
  readonly filter?: Expression;
  readonly limit?: number;
  readonly newestFirst?: boolean;
  readonly consistent?: boolean;
  /** The `lastKey` of the page before. */
  readonly after?: Key | null;
}

/** A walk over a whole table, page by page: for reports, and for a client's request only where all of the table is asked for. */
export interface Scan {
  readonly table: string;
  /** Only these attributes, as a projection expression. */
  readonly projection?: Expression;
  readonly filter?: Expression;
  readonly limit?: number;
  readonly after?: Key | null;
}

export interface Page<Shape> {
  readonly items: readonly Shape[];
  readonly lastKey: Key | null;
}

/**
 * DynamoDB in plain values: what the stores are written on. Reads are strongly consistent unless said otherwise. A write whose condition
 * fails answers false; every other error is thrown. Shapes are the caller's word: each store reads only what it wrote.
 */
export interface Tables {
  get<Shape = Item>(table: string, key: Key): Promise<Shape | null>;
  /** Up to 100 items in one call, in no order; those that are not there are left out. */
  batchGet<Shape = Item>(keys: readonly { readonly table: string; readonly key: Key }[]): Promise<readonly Shape[]>;
  query<Shape = Item>(query: Query): Promise<Page<Shape>>;
  scan<Shape = Item>(scan: Scan): Promise<Page<Shape>>;
  put(table: string, item: object, condition?: Expression): Promise<boolean>;
  /** Any number of items, 25 a call, without conditions. No two may have one key. */
  batchPut(table: string, items: readonly object[]): Promise<void>;
  update(table: string, key: Key, update: Expression, condition?: Expression): Promise<boolean>;
  /** Also where there is nothing to delete, unless a condition says otherwise. */
  delete(table: string, key: Key, condition?: Expression): Promise<boolean>;
  transact(actions: readonly TransactAction[], token?: string): Promise<TransactOutcome>;
}

/** What is left of a batch is asked for again this often, with growing pauses, before the call fails. */
const MAX_BATCH_ATTEMPTS = 6;
/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const MAX_BATCH_PUT = 25;

export function createTables(client: DynamoDBClient, pause: Pause = sleep): Tables {
  return {
    async get(table, key) {
      const answer = await client.send(
        new GetItemCommand({ TableName: table, Key: toAttributes(key), ConsistentRead: true }),
      );
      return answer.Item ? fromAttributes(answer.Item) : null;
    },
    batchGet: (keys) => batchGet(client, pause, keys),
    query: (query) => runQuery(client, query),
    scan: (scan) => runScan(client, scan),
    put: (table, item, condition) =>
      unlessConditionFails(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: toAttributes(item),
            ConditionExpression: condition?.expression,
            ...expressionParameters(condition),
          }),
        ),
      ),
    batchPut: (table, items) => batchPut(client, pause, table, items),
    update: (table, key, update, condition) =>
      unlessConditionFails(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: toAttributes(key),
            UpdateExpression: update.expression,
            ConditionExpression: condition?.expression,
            ...expressionParameters(update, condition),
          }),
        ),
      ),
    delete: (table, key, condition) =>
      unlessConditionFails(
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: toAttributes(key),
            ConditionExpression: condition?.expression,
            ...expressionParameters(condition),
          }),
        ),
      ),
    transact: (actions, token) => transact(client, actions, token, pause),
  };
}

async function unlessConditionFails(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

async function runQuery<Shape>(client: DynamoDBClient, query: Query): Promise<Page<Shape>> {
  const answer = await client.send(
    new QueryCommand({
      TableName: query.table,
      IndexName: query.index,
      KeyConditionExpression: query.key.expression,
      FilterExpression: query.filter?.expression,
      Limit: query.limit,
      ScanIndexForward: !query.newestFirst,
      ConsistentRead: query.consistent ?? !query.index, // an index is never strongly consistent
      ExclusiveStartKey: query.after ? toAttributes(query.after) : undefined,
      ...expressionParameters(query.key, query.filter),
    }),
  );
  return pageOf(answer);
}

async function runScan<Shape>(client: DynamoDBClient, scan: Scan): Promise<Page<Shape>> {
  const answer = await client.send(
    new ScanCommand({
      TableName: scan.table,
      ProjectionExpression: scan.projection?.expression,
      FilterExpression: scan.filter?.expression,
      Limit: scan.limit,
      ConsistentRead: true,
      ExclusiveStartKey: scan.after ? toAttributes(scan.after) : undefined,
      ...expressionParameters(scan.projection, scan.filter),
    }),
  );
  return pageOf(answer);
}

function pageOf<Shape>(answer: { Items?: AttributeMap[]; LastEvaluatedKey?: AttributeMap }): Page<Shape> {
  return {
    items: (answer.Items ?? []).map((item) => fromAttributes<Shape>(item)),
    lastKey: answer.LastEvaluatedKey ? fromAttributes<Key>(answer.LastEvaluatedKey) : null,
  };
}

async function batchGet<Shape>(
  client: DynamoDBClient,
  pause: Pause,
  keys: readonly { readonly table: string; readonly key: Key }[],
): Promise<readonly Shape[]> {
  const found: Shape[] = [];
  let wanted: Record<string, { Keys: AttributeMap[]; ConsistentRead: boolean }> = {};
  for (const { table, key } of keys) {
    wanted[table] ??= { Keys: [], ConsistentRead: true };
    wanted[table].Keys.push(toAttributes(key));
  }
  for (let attempt = 1; Object.keys(wanted).length > 0; attempt += 1) {
    if (attempt > 1) await pauseBeforeRetry(pause, attempt);
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: wanted }));
    for (const items of Object.values(answer.Responses ?? {})) {
      for (const item of items) found.push(fromAttributes<Shape>(item));
    }
    wanted = (answer.UnprocessedKeys ?? {}) as typeof wanted;
  }
  return found;
}

async function batchPut(client: DynamoDBClient, pause: Pause, table: string, items: readonly object[]): Promise<void> {
  for (let start = 0; start < items.length; start += MAX_BATCH_PUT) {
    await putOneBatch(client, pause, table, items.slice(start, start + MAX_BATCH_PUT));
  }
}

async function putOneBatch(
  client: DynamoDBClient,
  pause: Pause,
  table: string,
  items: readonly object[],
): Promise<void> {
  let requests = items.map((item) => ({ PutRequest: { Item: toAttributes(item) } }));
  for (let attempt = 1; requests.length > 0; attempt += 1) {
    if (attempt > 1) await pauseBeforeRetry(pause, attempt);
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    requests = (answer.UnprocessedItems?.[table] ?? []) as typeof requests;
  }
}

async function pauseBeforeRetry(pause: Pause, attempt: number): Promise<void> {
  if (attempt > MAX_BATCH_ATTEMPTS) throw new Error(`DynamoDB left a batch unprocessed ${MAX_BATCH_ATTEMPTS} times`);
  await pause(retryDelayMs(attempt - 1));
}
