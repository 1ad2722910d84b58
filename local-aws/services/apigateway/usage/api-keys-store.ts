import type { Row, Store } from '../../../kernel/store.ts';

export interface ApiKey {
  readonly id: string;
  readonly value: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly customerId: string | undefined;
  readonly enabled: boolean;
  readonly createdMs: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ApiKeysStore {
  all(): ApiKey[];
  put(key: ApiKey): void;
  remove(id: string): void;
}

export function openApiKeysStore(store: Store): ApiKeysStore {
  store.define(`CREATE TABLE IF NOT EXISTS apigateway_keys (
    id TEXT PRIMARY KEY, value TEXT NOT NULL UNIQUE, name TEXT NOT NULL, description TEXT, customer_id TEXT,
    enabled INTEGER NOT NULL, created_ms INTEGER NOT NULL, tags TEXT NOT NULL) WITHOUT ROWID`);
  const all = store.reader('SELECT * FROM apigateway_keys');
  const put = store.writer('INSERT OR REPLACE INTO apigateway_keys VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const remove = store.writer('DELETE FROM apigateway_keys WHERE id = ?');
  return {
    all: () => (all.all() as Row[]).map(fromRow),
    put: (key) => {
      const { id, value, name, description, customerId, enabled, createdMs, tags } = key;
      put.run(
        id,
        value,
        name,
        description ?? null,
        customerId ?? null,
        Number(enabled),
        createdMs,
        JSON.stringify(tags),
      );
    },
    remove: (id) => {
      remove.run(id);
    },
  };
}

function fromRow(row: Row): ApiKey {
  return {
    id: row.id as string,
    value: row.value as string,
    name: row.name as string,
    description: (row.description as string | null) ?? undefined,
    customerId: (row.customer_id as string | null) ?? undefined,
    enabled: row.enabled === 1,
    createdMs: row.created_ms as number,
    tags: JSON.parse(row.tags as string) as Record<string, string>,
  };
}
