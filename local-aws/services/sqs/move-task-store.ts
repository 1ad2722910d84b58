import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';

export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Null: each message goes back to the queue it came from. */
  readonly destinationArn: string | null;
  readonly maxPerSecond: number | null;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly moved: number;
  readonly toMove: number;
  readonly failureReason: string | null;
  readonly startedAtMs: number;
}

const COLUMNS = `id, source_arn AS sourceArn, destination_arn AS destinationArn, max_per_second AS maxPerSecond, status,
  moved, to_move AS toMove, failure_reason AS failureReason, started_at_ms AS startedAtMs`;

export class MoveTaskStore {
  readonly #insert: Writer;
  readonly #update: Writer;
  readonly #ofSource: StatementSync;
  readonly #running: StatementSync;
  readonly #get: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS sqs_move_tasks (
      id TEXT PRIMARY KEY, source_arn TEXT NOT NULL, destination_arn TEXT, max_per_second INTEGER, status TEXT NOT NULL,
      moved INTEGER NOT NULL, to_move INTEGER NOT NULL, failure_reason TEXT, started_at_ms INTEGER NOT NULL)`);
    this.#insert = store.writer('INSERT INTO sqs_move_tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#update = store.writer('UPDATE sqs_move_tasks SET status = ?2, moved = ?3, failure_reason = ?4 WHERE id = ?1');
    this.#ofSource = store.reader(`SELECT ${COLUMNS} FROM sqs_move_tasks WHERE source_arn = ?
      ORDER BY started_at_ms DESC, rowid DESC LIMIT ? + 0`);
    this.#running = store.reader(`SELECT ${COLUMNS} FROM sqs_move_tasks WHERE status = 'RUNNING' ORDER BY rowid`);
    this.#get = store.reader(`SELECT ${COLUMNS} FROM sqs_move_tasks WHERE id = ?`);
  }

  insert(task: MoveTask): void {
    const { id, sourceArn, destinationArn, maxPerSecond, status, moved, toMove, failureReason, startedAtMs } = task;
    this.#insert.run(id, sourceArn, destinationArn, maxPerSecond, status, moved, toMove, failureReason, startedAtMs);
  }

  update({ id, status, moved, failureReason }: MoveTask): void {
    this.#update.run(id, status, moved, failureReason);
  }

  get(id: string): MoveTask | undefined {
    return this.#get.get(id) as MoveTask | undefined;
  }

  /** Newest first. */
  ofSource(sourceArn: string, limit: number): MoveTask[] {
    return this.#ofSource.all(sourceArn, limit) as unknown as MoveTask[];
  }

  running(): MoveTask[] {
    return this.#running.all() as unknown as MoveTask[];
  }
}
