import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';
import type { QueueAttributes } from './queue-settings.ts';

export interface QueueRow {
  readonly id: number;
  readonly name: string;
  readonly attributes: QueueAttributes;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  readonly purgedAtMs: number | undefined;
}

/** Queues as they are kept; few, and held in memory once read. */
export class QueueStore {
  readonly #insert: Writer;
  readonly #setAttributes: Writer;
  readonly #setPurged: Writer;
  readonly #all: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS sqs_queues (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, attributes TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL, modified_at_ms INTEGER NOT NULL, purged_at_ms INTEGER)`);
    this.#insert = store.writer(`INSERT INTO sqs_queues (name, attributes, created_at_ms, modified_at_ms)
      VALUES (?1, ?2, ?3, ?3)`);
    this.#setAttributes = store.writer('UPDATE sqs_queues SET attributes = ?2, modified_at_ms = ?3 WHERE id = ?1');
    this.#setPurged = store.writer('UPDATE sqs_queues SET purged_at_ms = ?2 WHERE id = ?1');
    this.#all = store.reader('SELECT * FROM sqs_queues ORDER BY id');
  }

  insert(name: string, attributes: QueueAttributes, nowMs: number): number {
    return this.#insert.insert(name, JSON.stringify(attributes), nowMs);
  }

  setAttributes(id: number, attributes: QueueAttributes, nowMs: number): void {
    this.#setAttributes.run(id, JSON.stringify(attributes), nowMs);
  }

  setPurged(id: number, nowMs: number): void {
    this.#setPurged.run(id, nowMs);
  }

  all(): QueueRow[] {
    return this.#all.all().map((row) => ({
      id: row.id as number,
      name: row.name as string,
      attributes: JSON.parse(row.attributes as string),
      createdAtMs: row.created_at_ms as number,
      modifiedAtMs: row.modified_at_ms as number,
      purgedAtMs: (row.purged_at_ms as number | null) ?? undefined,
    }));
  }
}
