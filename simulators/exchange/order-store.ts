import type { DatabaseSync } from 'node:sqlite';
import type { ExecutionReport } from '@brokerage/contracts/exchange';
import { openDatabase, WriteTransaction } from '../outside/database.ts';
import type { OutboundItem } from '../outside/outbound-stream.ts';
import type { LiveOrder } from './live-order.ts';
import { TickStore } from './tick-store.ts';

/**
 * A ClOrdID that has been seen, and where its first answer is: the reports of `firstClOrdId` with seq from `fromSeq` to `toSeq`. A tombstone has no
 * answer (0, 0) until its message arrives and is refused.
 */
export interface SeenRequest {
  readonly clOrdId: string;
  readonly kind: 'ORDER' | 'REPLACEMENT' | 'CANCEL' | 'TOMBSTONE';
  readonly firstClOrdId: string;
  readonly fromSeq: number;
  readonly toSeq: number;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS requests (cl_ord_id TEXT PRIMARY KEY, kind TEXT NOT NULL, first_cl_ord_id TEXT NOT NULL,
    from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS orders (first_cl_ord_id TEXT PRIMARY KEY, open INTEGER NOT NULL, priority INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS open_orders ON orders (priority) WHERE open = 1;
  CREATE TABLE IF NOT EXISTS reports (seq INTEGER PRIMARY KEY, first_cl_ord_id TEXT NOT NULL, body TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS reports_of_order ON reports (first_cl_ord_id, seq);
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
`;

/** Everything of the exchange that outlives its process. Writes are seen at once and durable after `commit()`. */
export class OrderStore {
  readonly #database: DatabaseSync;
  readonly #transaction: WriteTransaction;
  readonly #sql;
  /** Written in the same transactions. */
  readonly ticks: TickStore;

  /** `dataDir` as in openDatabase. */
  constructor(dataDir: string) {
    const database = openDatabase(dataDir, 'exchange.sqlite', SCHEMA);
    this.#database = database;
    this.#transaction = new WriteTransaction(database);
    this.ticks = new TickStore(database, this.#transaction);
    this.#sql = {
      request: database.prepare('SELECT * FROM requests WHERE cl_ord_id = ?'),
      saveRequest: database.prepare('INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?, ?)'),
      order: database.prepare('SELECT body FROM orders WHERE first_cl_ord_id = ?'),
      saveOrder: database.prepare('INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?)'),
      openOrders: database.prepare('SELECT body FROM orders WHERE open = 1 ORDER BY priority'),
      addReport: database.prepare('INSERT INTO reports VALUES (?, ?, ?)'),
      reportsOf: database.prepare(
        'SELECT body FROM reports WHERE first_cl_ord_id = ? AND seq BETWEEN ? AND ? ORDER BY seq',
      ),
      reportsSince: database.prepare('SELECT seq, body FROM reports WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?'),
      lastSeq: database.prepare('SELECT max(seq) AS value FROM reports'),
      fact: database.prepare('SELECT body FROM facts WHERE name = ?'),
      saveFact: database.prepare('INSERT OR REPLACE INTO facts VALUES (?, ?)'),
    };
  }

  request(clOrdId: string): SeenRequest | undefined {
    const row = this.#sql.request.get(clOrdId);
    if (row === undefined) return undefined;
    return {
      clOrdId,
      kind: row.kind as SeenRequest['kind'],
      firstClOrdId: String(row.first_cl_ord_id),
      fromSeq: Number(row.from_seq),
      toSeq: Number(row.to_seq),
    };
  }

  saveRequest({ clOrdId, kind, firstClOrdId, fromSeq, toSeq }: SeenRequest): void {
    this.#transaction.begin();
    this.#sql.saveRequest.run(clOrdId, kind, firstClOrdId, fromSeq, toSeq);
  }

  order(firstClOrdId: string): LiveOrder | undefined {
    const row = this.#sql.order.get(firstClOrdId);
    return row && (JSON.parse(String(row.body)) as LiveOrder);
  }

  saveOrder(order: LiveOrder, open: boolean): void {
    this.#transaction.begin();
    this.#sql.saveOrder.run(order.firstClOrdId, open ? 1 : 0, order.priority, JSON.stringify(order));
  }

  /** In order of priority. */
  openOrders(): LiveOrder[] {
    return this.#sql.openOrders.all().map(({ body }) => JSON.parse(String(body)) as LiveOrder);
  }

  addReport(report: ExecutionReport): void {
    this.#transaction.begin();
    this.#sql.addReport.run(report.seq, report.firstClOrdId, JSON.stringify(report));
  }

  reportsOf(firstClOrdId: string, fromSeq: number, toSeq: number): ExecutionReport[] {
    const rows = this.#sql.reportsOf.all(firstClOrdId, fromSeq, toSeq);
    return rows.map(({ body }) => JSON.parse(String(body)) as ExecutionReport);
  }

  /** Reports with `afterSeq` < seq ≤ `upToSeq`, as their JSON. */
  reportsSince(afterSeq: number, upToSeq: number, limit: number): OutboundItem[] {
    const rows = this.#sql.reportsSince.all(afterSeq, upToSeq, limit);
    return rows.map(({ seq, body }) => ({ seq: Number(seq), json: String(body) }));
  }

  lastSeq(): number {
    return Number(this.#sql.lastSeq.get()?.value ?? 0);
  }

  /** A named value that survives, or undefined. The reader knows its shape. */
  fact<Value>(name: string): Value | undefined {
    const row = this.#sql.fact.get(name);
    return row && (JSON.parse(String(row.body)) as Value);
  }

  saveFact(name: string, value: unknown): void {
    this.#transaction.begin();
    this.#sql.saveFact.run(name, JSON.stringify(value));
  }

  commit(): void {
    this.#transaction.commit();
  }

  close(): void {
    this.commit();
    this.#database.close();
  }
}
