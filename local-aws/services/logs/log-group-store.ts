import type { StatementSync } from 'node:sqlite';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Store, Writer } from '../../kernel/store.ts';

export interface LogGroup {
  readonly name: string;
  /** Undefined: for ever. */
  readonly retentionDays: number | undefined;
  readonly createdAtMs: number;
}

export class LogGroupStore {
  readonly #put: Writer;
  readonly #after: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS logs_groups (
      name TEXT PRIMARY KEY, retention_days INTEGER, created_at_ms INTEGER NOT NULL) WITHOUT ROWID`);
    this.#put = store.writer(`INSERT INTO logs_groups VALUES (?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET retention_days = excluded.retention_days`);
    this.#after = store.reader('SELECT * FROM logs_groups WHERE name > ? ORDER BY name');
  }

  /** Creates or updates; the time of creation stays the first one. */
  put({ name, retentionDays, createdAtMs }: LogGroup): void {
    this.#put.run(name, retentionDays ?? null, createdAtMs);
  }

  /** By name. */
  after(name: string): LogGroup[] {
    return this.#after.all(name).map((row) => ({
      name: row.name as string,
      retentionDays: (row.retention_days as number | null) ?? undefined,
      createdAtMs: row.created_at_ms as number,
    }));
  }
}

export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameterException', `${what} is not valid`);
}
