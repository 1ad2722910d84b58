import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../../kernel/store.ts';
import type { ConnectionFacts } from './connection-facts.ts';

/** A connection as it is kept: its stage by name, for the template may have changed since. */
export interface KeptConnection extends Omit<ConnectionFacts, 'stage'> {
  readonly apiId: string;
  readonly stageName: string;
}

/** The connections whose `$disconnect` has not run. None outlives the process; this is how the next one knows of them. */
export class ConnectionStore {
  readonly #insert: Writer;
  readonly #delete: Writer;
  readonly #all: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS websocket_connections (
      id TEXT PRIMARY KEY, api_id TEXT NOT NULL, stage TEXT NOT NULL, connected_at_ms INTEGER NOT NULL,
      source_ip TEXT NOT NULL, user_agent TEXT, authorizer TEXT) WITHOUT ROWID`);
    this.#insert = store.writer('INSERT INTO websocket_connections VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#delete = store.writer('DELETE FROM websocket_connections WHERE id = ?');
    this.#all = store.reader('SELECT * FROM websocket_connections ORDER BY connected_at_ms, id');
  }

  insert({ id, stage, connectedAtMs, sourceIp, userAgent, authorizer }: ConnectionFacts): void {
    const kept = authorizer === undefined ? null : JSON.stringify(authorizer);
    this.#insert.run(id, stage.apiId, stage.name, connectedAtMs, sourceIp, userAgent ?? null, kept);
  }

  delete(id: string): void {
    this.#delete.run(id);
  }

  all(): readonly KeptConnection[] {
    return this.#all.all().map((row) => ({
      id: row.id as string,
      apiId: row.api_id as string,
      stageName: row.stage as string,
      connectedAtMs: row.connected_at_ms as number,
      sourceIp: row.source_ip as string,
      userAgent: (row.user_agent as string | null) ?? undefined,
      authorizer:
        row.authorizer === null
          ? undefined
          : (JSON.parse(row.authorizer as string) as object as Record<string, unknown>),
    }));
  }
}
