import type { DatabaseSync } from 'node:sqlite';
import type { WriteTransaction } from '../outside/database.ts';
import type { OutboundItem } from '../outside/outbound-stream.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS ticks (seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS acknowledged_ticks (only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL);
`;

/** The market data that has not been acknowledged, and the number up to which it has. */
export class TickStore {
  readonly #transaction: WriteTransaction;
  readonly #sql;

  constructor(database: DatabaseSync, transaction: WriteTransaction) {
    database.exec(SCHEMA);
    this.#transaction = transaction;
    this.#sql = {
      add: database.prepare('INSERT INTO ticks VALUES (?, ?)'),
      since: database.prepare('SELECT seq, body FROM ticks WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?'),
      lastSeq: database.prepare('SELECT max(seq) AS value FROM ticks'),
      acknowledged: database.prepare('SELECT seq FROM acknowledged_ticks'),
      acknowledge: database.prepare('INSERT OR REPLACE INTO acknowledged_ticks VALUES (1, ?)'),
      forget: database.prepare('DELETE FROM ticks WHERE seq <= ?'),
    };
  }

  add(seq: number, json: string): void {
    this.#transaction.begin();
    this.#sql.add.run(seq, json);
  }

  /** Ticks with `afterSeq` < seq ≤ `upToSeq`, in order. */
  since(afterSeq: number, upToSeq: number, limit: number): OutboundItem[] {
    return this.#sql.since
      .all(afterSeq, upToSeq, limit)
      .map(({ seq, body }) => ({ seq: Number(seq), json: String(body) }));
  }

  /** The newest number ever given. */
  lastSeq(): number {
    return Number(this.#sql.lastSeq.get()?.value ?? this.acknowledged());
  }

  acknowledged(): number {
    return Number(this.#sql.acknowledged.get()?.seq ?? 0);
  }

  /** Deletes all up to it. */
  acknowledge(seq: number): void {
    this.#transaction.begin();
    this.#sql.acknowledge.run(seq);
    this.#sql.forget.run(seq);
  }
}
