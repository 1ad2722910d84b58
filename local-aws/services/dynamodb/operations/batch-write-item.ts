import type { Operation } from '../../../kernel/service.ts';
import { type Consumed, capacityDetail, consumedCapacities, writeConsumed } from '../capacity.ts';
import type { Database } from '../database.ts';
import { constraintViolation, validation } from '../validation.ts';
import { readDelete, readPut, type WriteRequest } from './write-request.ts';

interface BatchWriteItemInput {
  readonly RequestItems?: Readonly<Record<string, readonly WriteEntry[]>>;
  readonly ReturnConsumedCapacity?: string;
}

interface WriteEntry {
  readonly PutRequest?: { readonly Item: unknown };
  readonly DeleteRequest?: { readonly Key: unknown };
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const MAX_WRITES = 25;

export function batchWriteItem(database: Database): Operation {
  return (input: BatchWriteItemInput) => {
    const requests = readBatch(database, input);
    const detail = capacityDetail(input);
    database.throttle();
    const changes = requests.map(({ table, key, outcome }) => {
      const before = database.items.read(key);
      return { table, key, before, after: outcome(before) };
    });
    for (const change of changes) database.writer.apply(change);
    const consumed: Consumed[] =
      detail === 'NONE' ? [] : changes.map((change) => writeConsumed(change.table, change.before, change.after));
    return { UnprocessedItems: {}, ConsumedCapacity: consumedCapacities(consumed, detail) };
  };
}

function readBatch(database: Database, input: BatchWriteItemInput): WriteRequest[] {
  const tables = Object.entries(input.RequestItems ?? {});
  if (tables.length === 0) {
    throw constraintViolation('{}', 'requestItems', 'Member must have length greater than or equal to 1');
  }
  const count = tables.reduce((sum, [, entries]) => sum + entries.length, 0);
  if (count > MAX_WRITES) throw validation('Too many items requested for the BatchWriteItem call');
  const requests = tables.flatMap(([TableName, entries]) => {
    if (entries.length === 0) {
      const member = `requestItems.${TableName}.member`;
      throw constraintViolation('[]', member, 'Member must have length greater than or equal to 1');
    }
    return entries.map((entry) => readEntry(database, TableName, entry));
  });
  const targets = new Set(requests.map(({ key }) => key.place));
  if (targets.size < requests.length) throw validation('Provided list of item keys contains duplicates');
  return requests;
}

function readEntry(database: Database, TableName: string, { PutRequest, DeleteRequest }: WriteEntry): WriteRequest {
  if (PutRequest && !DeleteRequest) return readPut(database, { TableName, Item: PutRequest.Item });
  if (DeleteRequest && !PutRequest) return readDelete(database, { TableName, Key: DeleteRequest.Key });
  throw validation(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
}
