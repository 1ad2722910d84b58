import type { Store, Writer } from '../../../kernel/store.ts';
import type { TableRecord } from './table.ts';

export class TableStore {
  readonly #all;
  readonly #put: Writer;

  constructor(store: Store) {
    store.define(`
      CREATE TABLE IF NOT EXISTS dynamodb_tables (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
    `);
    this.#all = store.reader('SELECT record FROM dynamodb_tables ORDER BY name');
    this.#put = store.writer('INSERT OR REPLACE INTO dynamodb_tables VALUES (?, ?, ?)');
  }

  all(): TableRecord[] {
    return this.#all.all().map((row) => JSON.parse(row.record as string) as TableRecord);
  }

  put(record: TableRecord): void {
    this.#put.run(record.id, record.declaration.TableName, JSON.stringify(record));
  }
}
