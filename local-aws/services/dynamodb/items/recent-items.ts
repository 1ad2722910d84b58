import type { StoredItem } from './item-store.ts';

/** Text of the items kept, in UTF-16 units: that of some thousand orders. */
const MAX_LENGTH = 8 * 1024 * 1024;

/** The items last read, by their places, as their rows have them: the store that writes the rows keeps them so. Nobody changes an item. */
export class RecentItems {
  readonly #items = new Map<string, StoredItem>();
  #length = 0;

  get(place: string): StoredItem | undefined {
    return this.#items.get(place);
  }

  keep(place: string, item: StoredItem): void {
    this.#items.set(place, item);
    this.#length += item.json.length;
    for (const [oldest, { json }] of this.#items) {
      if (this.#length <= MAX_LENGTH) return;
      this.#items.delete(oldest);
      this.#length -= json.length;
    }
  }

  /** Follows a write. What is written for the first time is seldom read again: it is kept when it is. */
  replace(place: string, item: StoredItem | undefined): void {
    const before = this.#items.get(place);
    if (!before) return;
    this.#items.delete(place);
    this.#length -= before.json.length;
    if (item) this.keep(place, item);
  }
}
