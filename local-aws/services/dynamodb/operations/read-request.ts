import { notSupported } from '../../../kernel/aws-error.ts';
import type { Database } from '../database.ts';
import { type ExpressionInput, readExpressions } from '../expressions/bindings.ts';
import type { Bindings } from '../expressions/condition-evaluation.ts';
import { type Projection, project } from '../expressions/projection.ts';
import { type AttributeMap, requiredMap } from '../items/attribute-value.ts';
import type { StoredItem } from '../items/item-store.ts';
import { type ItemKey, keyOfRequest } from '../items/key-encoding.ts';
import type { Table } from '../tables/table.ts';

export interface ReadInput extends ExpressionInput {
  readonly TableName?: string;
  readonly Key?: unknown;
  readonly ConsistentRead?: boolean;
  readonly ReturnConsumedCapacity?: string;
}

/** One read of an item by its key. */
export interface ReadRequest {
  readonly table: Table;
  readonly key: ItemKey;
  readonly shown: Shown;
}

/** Which parts of items a request shows: those of a projection, or all. */
export interface Shown {
  readonly projection: Projection | undefined;
  readonly bindings: Bindings;
}

export function readGet(database: Database, input: ReadInput): ReadRequest {
  const shown = readShown(input);
  const table = database.table(input.TableName);
  return { table, key: keyOfRequest(table, requiredMap(input.Key, 'key')), shown };
}

export function readShown(input: ReadInput): Shown {
  if (Object.hasOwn(input, 'AttributesToGet')) throw notSupported('legacy parameter AttributesToGet of DynamoDB');
  const { projection, bindings } = readExpressions(input);
  return { projection: projection?.tree, bindings };
}

export function show(item: AttributeMap, { projection, bindings }: Shown): AttributeMap {
  return projection ? project(item, projection, bindings.names) : item;
}

export function shownItem(stored: StoredItem | undefined, shown: Shown): { Item?: AttributeMap } {
  return stored ? { Item: show(stored.item, shown) } : {};
}
