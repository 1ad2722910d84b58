import type { DatabaseSync } from 'node:sqlite';
import type { BankEvent } from '@brokerage/contracts/bank';
import { openDatabase, WriteTransaction } from '../outside/database.ts';
import type { OutboundItem } from '../outside/outbound-stream.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS records (kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
`;

type RecordKind = 'charge' | 'payment' | 'payout' | 'return' | 'fact';

/** Everything of the bank that outlives its process. Writes are seen at once and durable after `commit()`. */
export class BankStore {
  readonly #database: DatabaseSync;
  readonly #transaction: WriteTransaction;
  readonly #sql;
  #committedSeq: number;

  /** `dataDir` as in openDatabase. */
  constructor(dataDir: string) {
    const database = openDatabase(dataDir, 'bank.sqlite', SCHEMA);
    this.#database = database;
    this.#transaction = new WriteTransaction(database);
    this.#sql = {
      find: database.prepare('SELECT body FROM records WHERE kind = ? AND id = ?'),
      save: database.prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?)'),
      all: database.prepare('SELECT body FROM records WHERE kind = ? ORDER BY id'),
      addEvent: database.prepare('INSERT INTO events VALUES (?, ?)'),
      eventsSince: database.prepare('SELECT seq, body FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?'),
      lastSeq: database.prepare('SELECT max(seq) AS value FROM events'),
    };
    this.#committedSeq = this.lastSeq();
  }

  /** The stored record, or undefined. Its reader knows its shape. */
  find<Stored>(kind: RecordKind, id: string): Stored | undefined {
    const row = this.#sql.find.get(kind, id);
    return row && (JSON.parse(String(row.body)) as Stored);
  }

  all<Stored>(kind: RecordKind): Stored[] {
    return this.#sql.all.all(kind).map(({ body }) => JSON.parse(String(body)) as Stored);
  }

  save(kind: RecordKind, id: string, body: unknown): void {
    this.#transaction.begin();
    this.#sql.save.run(kind, id, JSON.stringify(body));
  }

  addEvent(event: BankEvent): void {
    this.#transaction.begin();
    this.#sql.addEvent.run(event.seq, JSON.stringify(event));
  }

  lastSeq(): number {
    return Number(this.#sql.lastSeq.get()?.value ?? 0);
  }

  /** Durable events with seq > `afterSeq`, as JSON. */
  eventsSince(afterSeq: number, limit: number): OutboundItem[] {
    const rows = this.#sql.eventsSince.all(afterSeq, this.#committedSeq, limit);
    return rows.map(({ seq, body }) => ({ seq: Number(seq), json: String(body) }));
  }

  commit(): void {
    this.#transaction.commit();
    this.#committedSeq = this.lastSeq();
  }

  close(): void {
    this.commit();
    this.#database.close();
  }
}
