import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';
import type { Execution } from './execution.ts';

export interface StartedExecution extends Execution {
  readonly machineName: string;
}

/** Asynchronous executions that have not ended: after a restart they run again from their start (at-least-once). */
export class StartedExecutionStore {
  readonly #put: Writer;
  readonly #remove: Writer;
  readonly #all: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS states_started_executions (
      execution_arn TEXT PRIMARY KEY, machine_name TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL,
      started_at_ms INTEGER NOT NULL) WITHOUT ROWID`);
    this.#put = store.writer('INSERT INTO states_started_executions VALUES (?, ?, ?, ?, ?)');
    this.#remove = store.writer('DELETE FROM states_started_executions WHERE execution_arn = ?');
    this.#all = store.reader('SELECT * FROM states_started_executions ORDER BY started_at_ms, execution_arn');
  }

  put({ executionArn, machineName, name, input, startedAtMs }: StartedExecution): void {
    this.#put.run(executionArn, machineName, name, input, startedAtMs);
  }

  remove(executionArn: string): void {
    this.#remove.run(executionArn);
  }

  all(): StartedExecution[] {
    return this.#all.all().map((row) => ({
      executionArn: row.execution_arn as string,
      machineName: row.machine_name as string,
      name: row.name as string,
      input: row.input as string,
      data: JSON.parse(row.input as string),
      startedAtMs: row.started_at_ms as number,
    }));
  }
}
