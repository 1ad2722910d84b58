import type { KeyAttribute, SecondaryIndex, Table } from '../tables/table.ts';
import { invalidParameterValue, validation } from '../validation.ts';
import { type AttributeMap, type AttributeValue, contentOf, typeOf } from './attribute-value.ts';
import { numberSortKey } from './decimal.ts';

/** A key as it is stored: text whose byte order is DynamoDB's order. `sort` is empty where the schema has none. */
export interface EncodedKey {
  readonly partition: string;
  readonly sort: string;
}

/** The key of an item in its table. */
export interface ItemKey extends EncodedKey {
  readonly tableId: number;
  /** Tells the item from all others of all tables. */
  readonly place: string;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (keys). */
export const MAX_PARTITION_KEY_BYTES = 2048;
export const MAX_SORT_KEY_BYTES = 1024;

/** The key of an item that is to be put: its attributes, among others. */
export function keyOfItem(table: Table, item: AttributeMap): ItemKey {
  return itemKey(table, item, itemKeyValue);
}

/** The key that a request names: the key attributes and nothing else. */
export function keyOfRequest(table: Table, key: AttributeMap): ItemKey {
  if (Object.keys(key).length !== (table.keys.sort ? 2 : 1)) throw schemaMismatch();
  return itemKey(table, key, requestKeyValue);
}

/**
 * Where the item stands in an index; undefined when one of the index's key attributes is missing, or is of another type, which
 * an item older than the index may have.
 */
export function keyInIndex(index: SecondaryIndex, item: AttributeMap): EncodedKey | undefined {
  const { partition, sort } = index.keys;
  const partitionValue = item[partition.name];
  const sortValue = sort ? item[sort.name] : undefined;
  if (!canBeKey(partition, partitionValue) || (sort && !canBeKey(sort, sortValue))) return undefined;
  return {
    partition: encodeValue(partition, partitionValue, MAX_PARTITION_KEY_BYTES),
    sort: sort && sortValue ? encodeValue(sort, sortValue, MAX_SORT_KEY_BYTES) : '',
  };
}

export function encodeValue(key: KeyAttribute, value: AttributeValue, maxBytes = MAX_SORT_KEY_BYTES): string {
  const content = contentOf(value) as string;
  if (key.type === 'N') return numberSortKey(content);
  if (content === '') throw emptyKey(key.name);
  checkKeySize(key, content, maxBytes);
  return key.type === 'B' ? Buffer.from(content, 'base64').toString('hex') : content;
}

export function checkKeySize(key: KeyAttribute, content: string, maxBytes: number): void {
  // A UTF-16 unit is at most three bytes of UTF-8: most keys are short enough at first sight.
  if (key.type === 'N' || content.length * 3 <= maxBytes) return;
  if (Buffer.byteLength(content, key.type === 'B' ? 'base64' : 'utf8') <= maxBytes) return;
  const kind = maxBytes === MAX_PARTITION_KEY_BYTES ? 'hashkey' : 'rangekey';
  throw invalidParameterValue(`Size of ${kind} has exceeded the maximum size limit of${maxBytes} bytes`);
}

function itemKey(
  { id: tableId, keys }: Table,
  attributes: AttributeMap,
  attributeOf: (key: KeyAttribute, attributes: AttributeMap) => AttributeValue,
): ItemKey {
  const partition = encodeValue(keys.partition, attributeOf(keys.partition, attributes), MAX_PARTITION_KEY_BYTES);
  const sort = keys.sort ? encodeValue(keys.sort, attributeOf(keys.sort, attributes), MAX_SORT_KEY_BYTES) : '';
  return { tableId, partition, sort, place: `${tableId} ${partition}\0${sort}` };
}

function canBeKey(key: KeyAttribute, value: AttributeValue | undefined): value is AttributeValue {
  return value !== undefined && typeOf(value) === key.type && contentOf(value) !== '';
}

function schemaMismatch() {
  return validation('The provided key element does not match the schema');
}

function itemKeyValue(key: KeyAttribute, item: AttributeMap): AttributeValue {
  const value = item[key.name];
  if (!value) throw invalidParameterValue(`Missing the key ${key.name} in the item`);
  const type = typeOf(value);
  if (type !== key.type) {
    throw invalidParameterValue(`Type mismatch for key ${key.name} expected: ${key.type} actual: ${type}`);
  }
  return value;
}

function requestKeyValue(key: KeyAttribute, request: AttributeMap): AttributeValue {
  const value = request[key.name];
  if (!value || typeOf(value) !== key.type) throw schemaMismatch();
  return value;
}

function emptyKey(name: string) {
  return validation(
    `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
  );
}
