import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../../kernel/store.ts';
import { noSuchBucket } from '../s3-error.ts';
import type { LifecycleRule } from './lifecycle-rule.ts';

export interface Bucket {
  readonly name: string;
  readonly createdAtMs: number;
  readonly settings: BucketSettings;
  /** JSON document of the bucket's policy. */
  readonly policy: string | undefined;
}

export interface BucketSettings {
  readonly versioning: 'Disabled' | 'Enabled' | 'Suspended';
  readonly objectLock: boolean;
  /** What a new version is kept for, when its request does not say. */
  readonly defaultRetention?: { readonly mode: RetentionMode; readonly days: number };
  /** What a new object is encrypted with, when its request does not say; undefined for SSE-S3. */
  readonly encryption?: KmsEncryption;
  readonly lifecycle: readonly LifecycleRule[];
  /** As the template has it; read by authorization. */
  readonly publicAccessBlock: Readonly<Record<string, boolean>>;
  readonly tags: unknown;
}

export interface KmsEncryption {
  /** Id, ARN or alias; undefined for the key that AWS keeps for S3. */
  readonly keyId?: string;
  /** One data key for many objects of the bucket, so that KMS is not asked for each. */
  readonly bucketKey: boolean;
}

export type RetentionMode = 'COMPLIANCE' | 'GOVERNANCE';

/** Buckets as the template last had them; few, and held in memory once read. */
export class BucketStore {
  readonly #put: Writer;
  readonly #putPolicy: Writer;
  readonly #buckets = new Map<string, Bucket>();

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS s3_buckets (
      name TEXT PRIMARY KEY, created_at_ms INTEGER NOT NULL, settings TEXT NOT NULL, policy TEXT) WITHOUT ROWID`);
    this.#put = store.writer(`INSERT INTO s3_buckets (name, created_at_ms, settings) VALUES (?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET settings = excluded.settings`);
    this.#putPolicy = store.writer('UPDATE s3_buckets SET policy = ? WHERE name = ?');
    this.#read(store.reader('SELECT * FROM s3_buckets ORDER BY name'));
  }

  /** Creates or updates; date of creation and policy stay. */
  put(name: string, settings: BucketSettings, nowMs: number): void {
    const existing = this.#buckets.get(name);
    const createdAtMs = existing?.createdAtMs ?? nowMs;
    this.#put.run(name, createdAtMs, JSON.stringify(settings));
    this.#buckets.set(name, { name, createdAtMs, settings, policy: existing?.policy });
  }

  putPolicy(name: string, policy: string): void {
    const bucket = this.get(name);
    this.#putPolicy.run(policy, name);
    this.#buckets.set(name, { ...bucket, policy });
  }

  /** @throws AwsError NoSuchBucket */
  get(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw noSuchBucket(name);
    return bucket;
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** By name. */
  all(): readonly Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #read(statement: StatementSync): void {
    for (const row of statement.all()) {
      this.#buckets.set(row.name as string, {
        name: row.name as string,
        createdAtMs: row.created_at_ms as number,
        settings: JSON.parse(row.settings as string),
        policy: (row.policy as string | null) ?? undefined,
      });
    }
  }
}
