import type { Operation } from '../../../kernel/service.ts';
import { type Consumed, capacityDetail, consumedCapacities, readUnits } from '../capacity.ts';
import type { Database } from '../database.ts';
import { type AttributeMap, admitMap } from '../items/attribute-value.ts';
import { type ItemKey, keyOfRequest } from '../items/key-encoding.ts';
import type { Table } from '../tables/table.ts';
import { constraintViolation, validation } from '../validation.ts';
import { type ReadInput, readShown, type Shown, show } from './read-request.ts';

interface TableReads extends ReadInput {
  readonly Keys: readonly AttributeMap[];
}

interface BatchGetItemInput {
  readonly RequestItems?: Readonly<Record<string, TableReads>>;
  readonly ReturnConsumedCapacity?: string;
}

interface Reads {
  readonly name: string;
  readonly table: Table;
  readonly shown: Shown;
  readonly consistent: boolean;
  readonly wanted: readonly { readonly key: ItemKey; readonly attributes: AttributeMap }[];
  readonly input: TableReads;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_KEYS = 100;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

export function batchGetItem(database: Database): Operation {
  return (input: BatchGetItemInput) => {
    const batch = readBatch(database, input);
    const detail = capacityDetail(input);
    database.throttle();
    const Responses: Record<string, AttributeMap[]> = {};
    const UnprocessedKeys: Record<string, TableReads> = {};
    const consumed: Consumed[] = [];
    let sizeBytes = 0;
    for (const { name, table, shown, consistent, wanted, input: reads } of batch) {
      const found: AttributeMap[] = [];
      const unprocessed: AttributeMap[] = [];
      for (const { key, attributes } of wanted) {
        const stored = database.items.read(key);
        sizeBytes += stored?.sizeBytes ?? 0;
        if (sizeBytes > MAX_ANSWER_BYTES) {
          unprocessed.push(attributes);
          continue;
        }
        consumed.push({ table, tableUnits: readUnits(stored?.sizeBytes ?? 0, consistent) });
        if (stored) found.push(show(stored.item, shown));
      }
      Responses[name] = found;
      if (unprocessed.length > 0) UnprocessedKeys[name] = { ...reads, Keys: unprocessed };
    }
    return { Responses, UnprocessedKeys, ConsumedCapacity: consumedCapacities(consumed, detail) };
  };
}

function readBatch(database: Database, input: BatchGetItemInput): Reads[] {
  const tables = Object.entries(input.RequestItems ?? {});
  if (tables.length === 0) {
    throw constraintViolation('{}', 'requestItems', 'Member must have length greater than or equal to 1');
  }
  const batch = tables.map(([name, reads]) => readTable(database, name, reads));
  if (batch.reduce((sum, { wanted }) => sum + wanted.length, 0) > MAX_KEYS) {
    throw validation('Too many items requested for the BatchGetItem call');
  }
  return batch;
}

function readTable(database: Database, name: string, input: TableReads): Reads {
  const shown = readShown(input);
  const table = database.table(name);
  const wanted = (input.Keys ?? []).map((given) => {
    const attributes = admitMap(given);
    return { key: keyOfRequest(table, attributes), attributes };
  });
  if (wanted.length === 0) {
    throw constraintViolation(
      '[]',
      `requestItems.${name}.member.keys`,
      'Member must have length greater than or equal to 1',
    );
  }
  const distinct = new Set(wanted.map(({ key }) => key.place));
  if (distinct.size < wanted.length) throw validation('Provided list of item keys contains duplicates');
  return { name, table, shown, consistent: input.ConsistentRead === true, wanted, input };
}
