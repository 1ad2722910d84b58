import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../../kernel/store.ts';
import type { AttributeMap } from './attribute-value.ts';
import type { EncodedKey, ItemKey } from './key-encoding.ts';
import { RecentItems } from './recent-items.ts';

/** An item as it stands in its table: its wire form, parsed when first asked for. */
export class StoredItem {
  readonly json: string;
  readonly sizeBytes: number;
  #item: AttributeMap | undefined;

  constructor(json: string, sizeBytes: number, item?: AttributeMap) {
    this.json = json;
    this.sizeBytes = sizeBytes;
    this.#item = item;
  }

  get item(): AttributeMap {
    this.#item ??= JSON.parse(this.json) as AttributeMap;
    return this.#item;
  }
}

/** The items of all tables. Rows have numbers because SQLite keeps a row of some kilobytes whole in its page only in such a table. */
export class ItemStore {
  readonly #recent = new RecentItems();
  readonly #get: StatementSync;
  readonly #put: Writer;
  readonly #remove: Writer;
  readonly #byExpiry: StatementSync;
  readonly #setExpiry: Writer;
  readonly #all: StatementSync;
  readonly #count: StatementSync;
  readonly #earliestExpiry: StatementSync;

  constructor(store: Store) {
    store.define(`
      CREATE TABLE IF NOT EXISTS dynamodb_items (
        table_id INTEGER NOT NULL, partition TEXT NOT NULL, sort TEXT NOT NULL,
        item TEXT NOT NULL, size INTEGER NOT NULL, expires_s INTEGER,
        PRIMARY KEY (table_id, partition, sort)
      );
      CREATE INDEX IF NOT EXISTS dynamodb_items_expiry ON dynamodb_items (table_id, expires_s) WHERE expires_s IS NOT NULL;
    `);
    this.#get = store.reader('SELECT item, size FROM dynamodb_items WHERE table_id = ? AND partition = ? AND sort = ?');
    this.#put = store.writer(`INSERT INTO dynamodb_items VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT DO UPDATE SET item = ?4, size = ?5, expires_s = ?6`);
    this.#remove = store.writer('DELETE FROM dynamodb_items WHERE table_id = ? AND partition = ? AND sort = ?');
    this.#setExpiry = store.writer(
      'UPDATE dynamodb_items SET expires_s = ? WHERE table_id = ? AND partition = ? AND sort = ?',
    );
    this.#all = store.reader('SELECT partition, sort, item, size FROM dynamodb_items WHERE table_id = ?');
    this.#count = store.reader('SELECT count(*) AS items, total(size) AS bytes FROM dynamodb_items WHERE table_id = ?');
    this.#byExpiry = store.reader(
      'SELECT item, size FROM dynamodb_items WHERE table_id = ? AND expires_s BETWEEN ? AND ? ORDER BY expires_s LIMIT ?',
    );
    this.#earliestExpiry = store.reader(
      'SELECT min(expires_s) AS at FROM dynamodb_items WHERE table_id = ? AND expires_s >= ?',
    );
  }

  read(key: ItemKey): StoredItem | undefined {
    const known = this.#recent.get(key.place);
    if (known) return known;
    const row = this.#get.get(key.tableId, key.partition, key.sort);
    if (!row) return undefined;
    const item = new StoredItem(row.item as string, row.size as number);
    this.#recent.keep(key.place, item);
    return item;
  }

  put(key: ItemKey, item: StoredItem, expiresAtS: number | undefined): void {
    this.#put.run(key.tableId, key.partition, key.sort, item.json, item.sizeBytes, expiresAtS ?? null);
    this.#recent.replace(key.place, item);
  }

  remove(key: ItemKey): void {
    this.#remove.run(key.tableId, key.partition, key.sort);
    this.#recent.replace(key.place, undefined);
  }

  setExpiry(tableId: number, key: EncodedKey, expiresAtS: number | undefined): void {
    this.#setExpiry.run(expiresAtS ?? null, tableId, key.partition, key.sort);
  }

  all(tableId: number): { key: EncodedKey; item: StoredItem }[] {
    return this.#all.all(tableId).map((row) => ({
      key: { partition: row.partition as string, sort: row.sort as string },
      item: new StoredItem(row.item as string, row.size as number),
    }));
  }

  count(tableId: number): { items: number; sizeBytes: number } {
    const row = this.#count.get(tableId);
    return { items: Number(row?.items), sizeBytes: Number(row?.bytes) };
  }

  expired(tableId: number, fromS: number, toS: number, limit: number): StoredItem[] {
    return this.#byExpiry
      .all(tableId, fromS, toS, limit)
      .map((row) => new StoredItem(row.item as string, row.size as number));
  }

  earliestExpiryS(tableId: number, fromS: number): number | undefined {
    return (this.#earliestExpiry.get(tableId, fromS)?.at as number | null) ?? undefined;
  }
}
