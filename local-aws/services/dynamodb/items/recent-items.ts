import type { StoredItem } from './item-store.ts';
import type { EncodedKey } from './key-encoding.ts';

/** Text of the items kept, in UTF-16 units: that of some thousand orders. */
const MAX_LENGTH = 8 * 1024 * 1024;

/** The items last read, as their rows have them: the store that writes the rows keeps them so. Nobody changes an item. */
export class RecentItems {
  readonly #items = new Map<string, StoredItem>();
  #length = 0;

  get(tableId: number, key: EncodedKey): StoredItem | undefined {
    return this.#items.get(placeOf(tableId, key));
  }

  keep(tableId: number, key: EncodedKey, item: StoredItem): void {
    this.#items.set(placeOf(tableId, key), item);
    this.#length += item.json.length;
    for (const [place, { json }] of this.#items) {
      if (this.#length <= MAX_LENGTH) return;
      this.#items.delete(place);
      this.#length -= json.length;
    }
  }

  /** Follows a write. What is written for the first time is seldom read again: it is kept when it is. */
  replace(tableId: number, key: EncodedKey, item: StoredItem | undefined): void {
    const place = placeOf(tableId, key);
    const before = this.#items.get(place);
    if (!before) return;
    this.#items.delete(place);
    this.#length -= before.json.length;
    if (item) this.keep(tableId, key, item);
  }
}

function placeOf(tableId: number, { partition, sort }: EncodedKey): string {
  return `${tableId} ${partition}\0${sort}`;
}
