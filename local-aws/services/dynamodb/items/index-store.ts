import type { Store, Writer } from '../../../kernel/store.ts';
import type { EncodedKey } from './key-encoding.ts';

/**
 * Where items stand in secondary indexes: keys alone; a read joins the item and projects it.
 * Differs from AWS: a global index is up to date at once, where AWS's follows within moments.
 */
export class IndexStore {
  readonly #put: Writer;
  readonly #remove: Writer;
  readonly #drop: Writer;

  constructor(store: Store) {
    store.define(`
      CREATE TABLE IF NOT EXISTS dynamodb_index_entries (
        index_id INTEGER NOT NULL, partition TEXT NOT NULL, sort TEXT NOT NULL,
        item_partition TEXT NOT NULL, item_sort TEXT NOT NULL,
        PRIMARY KEY (index_id, partition, sort, item_partition, item_sort)
      ) WITHOUT ROWID;
    `);
    this.#put = store.writer('INSERT OR REPLACE INTO dynamodb_index_entries VALUES (?, ?, ?, ?, ?)');
    this.#remove = store.writer(
      `DELETE FROM dynamodb_index_entries
        WHERE index_id = ? AND partition = ? AND sort = ? AND item_partition = ? AND item_sort = ?`,
    );
    this.#drop = store.writer('DELETE FROM dynamodb_index_entries WHERE index_id = ?');
  }

  put(indexId: number, at: EncodedKey, item: EncodedKey): void {
    this.#put.run(indexId, at.partition, at.sort, item.partition, item.sort);
  }

  remove(indexId: number, at: EncodedKey, item: EncodedKey): void {
    this.#remove.run(indexId, at.partition, at.sort, item.partition, item.sort);
  }

  drop(indexId: number): void {
    this.#drop.run(indexId);
  }
}
