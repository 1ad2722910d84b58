import type { StatementSync } from 'node:sqlite';
import type { Row, Store, Writer } from '../../../kernel/store.ts';
import { NULL_VERSION, type ObjectAttributes, type StoredObject } from './stored-object.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS s3_objects (
    id INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, version_id TEXT NOT NULL,
    is_latest INTEGER NOT NULL, delete_marker INTEGER NOT NULL, modified_at_ms INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL, etag TEXT NOT NULL, storage_class TEXT NOT NULL, attributes TEXT NOT NULL,
    superseded_at_ms INTEGER, body BLOB);
  CREATE UNIQUE INDEX IF NOT EXISTS s3_object_versions ON s3_objects (bucket, key, version_id);
  CREATE INDEX IF NOT EXISTS s3_objects_by_age ON s3_objects (bucket, key, id DESC);
  CREATE UNIQUE INDEX IF NOT EXISTS s3_latest_objects ON s3_objects (bucket, key) WHERE is_latest = 1;`;

const COLUMNS = `id, key, version_id, is_latest, delete_marker, modified_at_ms, size_bytes, etag, storage_class, attributes,
  superseded_at_ms`;

/** What a put makes. */
export interface NewObject extends Omit<StoredObject, 'id' | 'isLatest'> {
  /** Undefined for a delete marker. */
  readonly body: Uint8Array | undefined;
}

/** Objects and their versions, bodies included. */
export class ObjectStore {
  readonly #insert: Writer;
  readonly #supersede: Writer;
  readonly #remove: Writer;
  readonly #promote: Writer;
  readonly #setStorageClass: Writer;
  readonly #latest: StatementSync;
  readonly #version: StatementSync;
  readonly #body: StatementSync;
  readonly #bodyPart: StatementSync;
  readonly #latestAfter: StatementSync;
  readonly #versionsAfter: StatementSync;

  constructor(store: Store) {
    store.define(SCHEMA);
    this.#insert =
      store.writer(`INSERT INTO s3_objects (bucket, key, version_id, is_latest, delete_marker, modified_at_ms,
      size_bytes, etag, storage_class, attributes, body) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`);
    this.#supersede = store.writer(`UPDATE s3_objects SET is_latest = 0, superseded_at_ms = ?
      WHERE bucket = ? AND key = ? AND is_latest = 1`);
    this.#remove = store.writer('DELETE FROM s3_objects WHERE bucket = ? AND key = ? AND version_id = ?');
    this.#promote = store.writer(`UPDATE s3_objects SET is_latest = 1, superseded_at_ms = NULL WHERE id =
      (SELECT max(id) FROM s3_objects WHERE bucket = ? AND key = ?)`);
    this.#setStorageClass = store.writer('UPDATE s3_objects SET storage_class = ? WHERE id = ?');
    this.#latest = store.reader(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key = ? AND is_latest = 1`);
    this.#version = store.reader(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key = ? AND version_id = ?`);
    this.#body = store.reader('SELECT body FROM s3_objects WHERE id = ?');
    this.#bodyPart = store.reader('SELECT substr(body, ?, ?) AS body FROM s3_objects WHERE id = ?');
    this.#latestAfter = store.reader(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND is_latest = 1
      AND delete_marker = 0 AND key >= ? AND key > ? AND key < ? ORDER BY key LIMIT ? + 0`);
    this.#versionsAfter = store.reader(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ?1 AND key >= ?2 AND key < ?3
      AND (key > ?4 OR (key = ?4 AND id < ?5)) ORDER BY key, id DESC LIMIT ?6 + 0`);
  }

  /** Makes the latest version; of those without version there is one, which is replaced. */
  put(bucket: string, object: NewObject): void {
    const { key, versionId, deleteMarker, modifiedAtMs, sizeBytes, etag, storageClass, attributes, body } = object;
    if (versionId === NULL_VERSION) this.#remove.run(bucket, key, versionId);
    this.#supersede.run(modifiedAtMs, bucket, key);
    const about = JSON.stringify(attributes);
    const marker = deleteMarker ? 1 : 0;
    this.#insert.run(bucket, key, versionId, marker, modifiedAtMs, sizeBytes, etag, storageClass, about, body ?? null);
  }

  /** Removes one version for good; the newest of the others becomes the latest. */
  remove(bucket: string, key: string, versionId: string): void {
    this.#remove.run(bucket, key, versionId);
    this.#promote.run(bucket, key);
  }

  setStorageClass(id: number, storageClass: string): void {
    this.#setStorageClass.run(storageClass, id);
  }

  latest(bucket: string, key: string): StoredObject | undefined {
    return objectOf(this.#latest.get(bucket, key));
  }

  version(bucket: string, key: string, versionId: string): StoredObject | undefined {
    return objectOf(this.#version.get(bucket, key, versionId));
  }

  body(id: number): Uint8Array {
    return this.#body.get(id)?.body as Uint8Array;
  }

  /** `length` bytes from `start`, counted from 0. */
  bodyPart(id: number, start: number, length: number): Uint8Array {
    return this.#bodyPart.get(start + 1, length, id)?.body as Uint8Array;
  }

  /** Latest versions that are no delete markers, under `prefix` and after `after`, by key. */
  latestAfter(bucket: string, prefix: string, after: string, limit: number): StoredObject[] {
    return this.#latestAfter.all(bucket, prefix, after, afterPrefix(prefix), limit).map(knownObjectOf);
  }

  /** All versions and delete markers under `prefix`, after the one of `after`; by key, newest first. */
  versionsAfter(bucket: string, prefix: string, after: { key: string; id: number }, limit: number): SupersededObject[] {
    return this.#versionsAfter
      .all(bucket, prefix, afterPrefix(prefix), after.key, after.id, limit)
      .map((row) => ({ ...knownObjectOf(row), supersededAtMs: (row.superseded_at_ms as number | null) ?? undefined }));
  }
}

export interface SupersededObject extends StoredObject {
  /** When a newer version took its place. */
  readonly supersededAtMs: number | undefined;
}

/** A key that comes after every key with this prefix. Keys are ordered by their UTF-8 bytes, in S3 as in SQLite. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}

function objectOf(row: Row | undefined): StoredObject | undefined {
  return row && knownObjectOf(row);
}

function knownObjectOf(row: Row): StoredObject {
  return {
    id: row.id as number,
    key: row.key as string,
    versionId: row.version_id as string,
    isLatest: row.is_latest === 1,
    deleteMarker: row.delete_marker === 1,
    modifiedAtMs: row.modified_at_ms as number,
    sizeBytes: row.size_bytes as number,
    etag: row.etag as string,
    storageClass: row.storage_class as string,
    attributes: JSON.parse(row.attributes as string) as ObjectAttributes,
  };
}
