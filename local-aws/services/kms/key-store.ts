import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';

export type KeySpec = 'SYMMETRIC_DEFAULT' | 'HMAC_256';

/** A key without its material. */
export interface Key {
  readonly keyId: string;
  /** The template's resource that it comes from; `alias/aws/…` for a key that AWS keeps for one of its services. */
  readonly origin: string;
  readonly spec: KeySpec;
  readonly createdAtMs: number;
  readonly description: string;
  readonly enabled: boolean;
  /** JSON document. */
  readonly policy: string;
  /** Undefined when the material is never renewed. */
  readonly rotationDays: number | undefined;
}

/** The key's material of one time; older ones still decrypt. */
export interface Material {
  readonly generation: number;
  readonly wrapped: Uint8Array;
  readonly createdAtMs: number;
}

/** Keys, their wrapped material and their aliases. Keys are few and held in memory once read. */
export class KeyStore {
  readonly #putKey: Writer;
  readonly #putMaterial: Writer;
  readonly #putAlias: Writer;
  readonly #materials: StatementSync;
  readonly #keys = new Map<string, Key>();
  readonly #aliases = new Map<string, string>();

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS kms_keys (key_id TEXT PRIMARY KEY, properties TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS kms_materials (key_id TEXT NOT NULL, generation INTEGER NOT NULL, wrapped BLOB NOT NULL,
        created_at_ms INTEGER NOT NULL, PRIMARY KEY (key_id, generation)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS kms_aliases (name TEXT PRIMARY KEY, key_id TEXT NOT NULL) WITHOUT ROWID`);
    this.#putKey = store.writer('INSERT OR REPLACE INTO kms_keys VALUES (?, ?)');
    this.#putMaterial = store.writer('INSERT INTO kms_materials VALUES (?, ?, ?, ?)');
    this.#putAlias = store.writer('INSERT OR REPLACE INTO kms_aliases VALUES (?, ?)');
    this.#materials = store.reader(`SELECT generation, wrapped, created_at_ms AS createdAtMs FROM kms_materials
      WHERE key_id = ? ORDER BY generation`);
    for (const row of store.reader('SELECT * FROM kms_keys').all()) {
      this.#keys.set(row.key_id as string, JSON.parse(row.properties as string) as Key);
    }
    for (const row of store.reader('SELECT * FROM kms_aliases').all()) {
      this.#aliases.set(row.name as string, row.key_id as string);
    }
  }

  putKey(key: Key): void {
    this.#putKey.run(key.keyId, JSON.stringify(key));
    this.#keys.set(key.keyId, key);
  }

  putMaterial(keyId: string, { generation, wrapped, createdAtMs }: Material): void {
    this.#putMaterial.run(keyId, generation, wrapped, createdAtMs);
  }

  /** With its `alias/`. */
  putAlias(name: string, keyId: string): void {
    this.#putAlias.run(name, keyId);
    this.#aliases.set(name, keyId);
  }

  key(keyId: string): Key | undefined {
    return this.#keys.get(keyId);
  }

  byOrigin(origin: string): Key | undefined {
    return [...this.#keys.values()].find((key) => key.origin === origin);
  }

  byAlias(name: string): Key | undefined {
    return this.#keys.get(this.#aliases.get(name) ?? '');
  }

  /** Oldest first. */
  materials(keyId: string): Material[] {
    return this.#materials.all(keyId) as unknown as Material[];
  }
}
