import type { KeyAttribute, SecondaryIndex, Table } from '../tables/table.ts';
import { invalidParameterValue, validation } from '../validation.ts';
import { type AttributeMap, contentOf, typeOf } from './attribute-value.ts';
import { checkKeySize, MAX_PARTITION_KEY_BYTES, MAX_SORT_KEY_BYTES } from './key-encoding.ts';

/** Refuses an item whose attributes cannot be the keys that the table's indexes need. */
export function checkIndexKeys(table: Table, item: AttributeMap, action: 'put' | 'update'): void {
  for (const index of table.indexes) {
    checkKey(index, index.keys.partition, item, action, MAX_PARTITION_KEY_BYTES);
    if (index.keys.sort) checkKey(index, index.keys.sort, item, action, MAX_SORT_KEY_BYTES);
  }
}

function checkKey(
  index: SecondaryIndex,
  key: KeyAttribute,
  item: AttributeMap,
  action: 'put' | 'update',
  maxBytes: number,
): void {
  const value = item[key.name];
  if (!value) return;
  const type = typeOf(value);
  if (type !== key.type) throw wrongType(index, key, type, action);
  const content = contentOf(value) as string;
  if (content === '') throw empty(index, key, type, action);
  checkKeySize(key, content, maxBytes);
}

function wrongType(index: SecondaryIndex, key: KeyAttribute, type: string, action: 'put' | 'update') {
  if (action === 'update') {
    return validation('The update expression attempted to update the secondary index key to unsupported type');
  }
  return invalidParameterValue(
    `Type mismatch for Index Key ${key.name} Expected: ${key.type} Actual: ${type} IndexName: ${index.name}`,
  );
}

function empty(index: SecondaryIndex, key: KeyAttribute, type: string, action: 'put' | 'update') {
  const what = `an empty ${type === 'B' ? 'binary' : 'string'} value`;
  if (action === 'update') {
    return validation(
      'The update expression attempted to update the secondary index key to a value that is not supported. ' +
        `The AttributeValue for a key attribute cannot contain ${what}.`,
    );
  }
  return validation(
    'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
      `The AttributeValue for a key attribute cannot contain ${what}. IndexName: ${index.name}, IndexKey: ${key.name}`,
  );
}
