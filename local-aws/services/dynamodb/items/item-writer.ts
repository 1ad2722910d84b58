import type { StreamWriter } from '../streams/stream-writer.ts';
import type { Table } from '../tables/table.ts';
import { validation } from '../validation.ts';
import { type AttributeMap, mapSizeBytes } from './attribute-value.ts';
import { checkIndexKeys } from './index-key-check.ts';
import type { IndexStore } from './index-store.ts';
import { type ItemStore, StoredItem } from './item-store.ts';
import { type ItemKey, keyInIndex } from './key-encoding.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (items). */
const MAX_ITEM_BYTES = 400 * 1024;

/** A change that has passed every check: applying it cannot fail. */
export interface ItemChange {
  readonly table: Table;
  readonly key: ItemKey;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
  readonly expired?: boolean;
}

/** The item as it will be stored. Refuses one that is too large or that an index could not hold. */
export function preparedItem(
  table: Table,
  item: AttributeMap,
  action: 'put' | 'update',
  json = JSON.stringify(item),
): StoredItem {
  checkIndexKeys(table, item, action);
  const sizeBytes = mapSizeBytes(item, json);
  if (sizeBytes > MAX_ITEM_BYTES) {
    throw validation(`Item size ${action === 'put' ? '' : 'to update '}has exceeded the maximum allowed size`);
  }
  return new StoredItem(json, sizeBytes, item);
}

/** Writes an item with its index entries and its stream record. */
export class ItemWriter {
  readonly #items: ItemStore;
  readonly #indexes: IndexStore;
  readonly #streams: StreamWriter;
  readonly #onExpiry: (expiresAtS: number) => void;

  constructor(items: ItemStore, indexes: IndexStore, streams: StreamWriter, onExpiry: (expiresAtS: number) => void) {
    this.#items = items;
    this.#indexes = indexes;
    this.#streams = streams;
    this.#onExpiry = onExpiry;
  }

  apply(change: ItemChange): void {
    const { table, key, before, after } = change;
    if (after) {
      const expiresAtS = expirySecond(table, after.item);
      this.#items.put(key, after, expiresAtS);
      if (expiresAtS !== undefined) this.#onExpiry(expiresAtS);
    } else if (before) this.#items.remove(key);
    for (const index of table.indexes) {
      const from = before && keyInIndex(index, before.item);
      const to = after && keyInIndex(index, after.item);
      if (from?.partition === to?.partition && from?.sort === to?.sort) continue;
      if (from) this.#indexes.remove(index.id, from, key);
      if (to) this.#indexes.put(index.id, to, key);
    }
    this.#streams.append(table, change);
  }
}

/** The epoch second at which time to live removes the item. */
export function expirySecond(table: Table, item: AttributeMap): number | undefined {
  if (table.timeToLiveAttribute === undefined) return undefined;
  const value = item[table.timeToLiveAttribute];
  const second = value && 'N' in value ? Math.floor(Number(value.N)) : undefined;
  return Number.isSafeInteger(second) ? second : undefined;
}
