import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';

export interface StateMachineRow {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly createdAtMs: number;
  readonly logging: LoggingConfiguration;
  readonly tracing: { readonly enabled: boolean };
}

export interface LoggingConfiguration {
  readonly level: 'OFF' | 'ALL' | 'ERROR' | 'FATAL';
  readonly includeExecutionData: boolean;
  readonly destinations: readonly { readonly cloudWatchLogsLogGroup: { readonly logGroupArn: string } }[];
}

/** State machines as the template last had them. */
export class StateMachineStore {
  readonly #put: Writer;
  readonly #get: StatementSync;
  readonly #all: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS states_machines (
      name TEXT PRIMARY KEY, definition TEXT NOT NULL, role_arn TEXT NOT NULL, created_at_ms INTEGER NOT NULL,
      logging TEXT NOT NULL, tracing TEXT NOT NULL) WITHOUT ROWID`);
    this.#put = store.writer(`INSERT INTO states_machines VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
      definition = excluded.definition, role_arn = excluded.role_arn, created_at_ms = excluded.created_at_ms,
      logging = excluded.logging, tracing = excluded.tracing`);
    this.#get = store.reader('SELECT * FROM states_machines WHERE name = ?');
    this.#all = store.reader('SELECT * FROM states_machines ORDER BY name');
  }

  put(row: StateMachineRow): void {
    const { name, definition, roleArn, createdAtMs, logging, tracing } = row;
    this.#put.run(name, definition, roleArn, createdAtMs, JSON.stringify(logging), JSON.stringify(tracing));
  }

  get(name: string): StateMachineRow | undefined {
    const row = this.#get.get(name);
    return row && rowOf(row);
  }

  all(): StateMachineRow[] {
    return this.#all.all().map(rowOf);
  }
}

function rowOf(row: Record<string, unknown>): StateMachineRow {
  return {
    name: row.name as string,
    definition: row.definition as string,
    roleArn: row.role_arn as string,
    createdAtMs: row.created_at_ms as number,
    logging: JSON.parse(row.logging as string),
    tracing: JSON.parse(row.tracing as string),
  };
}
