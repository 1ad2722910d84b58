import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';
import type { SealedValue } from './secret-cipher.ts';

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string | null;
  /** KMS key of its values, as given; null for the one that AWS keeps for Secrets Manager. */
  readonly keyId: string | null;
  /** Digest of the template's value or recipe: a change of it makes a new version, a restart does not. */
  readonly origin: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
}

/** A value, encrypted. */
export interface SecretVersion extends SealedValue {
  readonly versionId: string;
  readonly form: 'text' | 'binary';
  readonly createdAtMs: number;
}

/** Secrets, their versions, and which version each staging label stands at. */
export class SecretStore {
  readonly #putSecret: Writer;
  readonly #putVersion: Writer;
  readonly #putStage: Writer;
  readonly #deleteStage: Writer;
  readonly #deleteUnstaged: Writer;
  readonly #byName: StatementSync;
  readonly #byArn: StatementSync;
  readonly #all: StatementSync;
  readonly #version: StatementSync;
  readonly #stages: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, arn TEXT NOT NULL UNIQUE, description TEXT,
        key_id TEXT, origin TEXT NOT NULL, created_at_ms INTEGER NOT NULL, changed_at_ms INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS secret_versions (arn TEXT NOT NULL, version_id TEXT NOT NULL, form TEXT NOT NULL,
        data_key TEXT NOT NULL, sealed BLOB NOT NULL, created_at_ms INTEGER NOT NULL, PRIMARY KEY (arn, version_id));
      CREATE TABLE IF NOT EXISTS secret_stages (arn TEXT NOT NULL, stage TEXT NOT NULL, version_id TEXT NOT NULL,
        PRIMARY KEY (arn, stage))`);
    const secret = `SELECT name, arn, description, key_id AS keyId, origin, created_at_ms AS createdAtMs, changed_at_ms AS changedAtMs
      FROM secrets`;
    this.#putSecret = store.writer(`INSERT INTO secrets VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (name) DO UPDATE SET description = ?3, key_id = ?4, origin = ?5, changed_at_ms = ?7`);
    this.#putVersion = store.writer('INSERT INTO secret_versions VALUES (?, ?, ?, ?, ?, ?)');
    this.#putStage = store.writer(`INSERT INTO secret_stages VALUES (?1, ?2, ?3)
      ON CONFLICT (arn, stage) DO UPDATE SET version_id = ?3`);
    this.#deleteStage = store.writer('DELETE FROM secret_stages WHERE arn = ? AND stage = ?');
    this.#deleteUnstaged = store.writer(`DELETE FROM secret_versions WHERE arn = ?1
      AND version_id NOT IN (SELECT version_id FROM secret_stages WHERE arn = ?1)`);
    this.#byName = store.reader(`${secret} WHERE name = ?`);
    this.#byArn = store.reader(`${secret} WHERE arn = ?`);
    this.#all = store.reader(`${secret} ORDER BY name`);
    this.#version =
      store.reader(`SELECT version_id AS versionId, form, data_key AS dataKey, sealed, created_at_ms AS createdAtMs
      FROM secret_versions WHERE arn = ? AND version_id = ?`);
    this.#stages = store.reader(
      'SELECT stage, version_id AS versionId FROM secret_stages WHERE arn = ? ORDER BY stage',
    );
  }

  putSecret({ name, arn, description, keyId, origin, createdAtMs, changedAtMs }: Secret): void {
    this.#putSecret.run(name, arn, description, keyId, origin, createdAtMs, changedAtMs);
  }

  putVersion(arn: string, { versionId, form, dataKey, sealed, createdAtMs }: SecretVersion): void {
    this.#putVersion.run(arn, versionId, form, dataKey, sealed, createdAtMs);
  }

  /** Moves a label to a version, away from any other. */
  putStage(arn: string, stage: string, versionId: string): void {
    this.#putStage.run(arn, stage, versionId);
  }

  deleteStage(arn: string, stage: string): void {
    this.#deleteStage.run(arn, stage);
  }

  /** Versions without a label are deprecated, and AWS deletes them. Here that is at the next change. */
  deleteUnstaged(arn: string): void {
    this.#deleteUnstaged.run(arn);
  }

  byName(name: string): Secret | undefined {
    return this.#byName.get(name) as Secret | undefined;
  }

  byArn(arn: string): Secret | undefined {
    return this.#byArn.get(arn) as Secret | undefined;
  }

  all(): Secret[] {
    return this.#all.all() as unknown as Secret[];
  }

  version(arn: string, versionId: string): SecretVersion | undefined {
    return this.#version.get(arn, versionId) as SecretVersion | undefined;
  }

  /** Staging label → version id. */
  stages(arn: string): ReadonlyMap<string, string> {
    return new Map(this.#stages.all(arn).map(({ stage, versionId }) => [stage as string, versionId as string]));
  }
}
