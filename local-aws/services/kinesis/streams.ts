import type { StatementSync } from 'node:sqlite';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Writer } from '../../kernel/store.ts';
import { HashRanges } from './hash-ranges.ts';
import { constraintViolation, invalidArgument, notFound } from './kinesis-error.ts';
import type { Stream } from './stream.ts';

export type StreamDefinition = Pick<Stream, 'name' | 'shardCount' | 'retentionHours' | 'mode' | 'keyId'>;

/** How operations name a stream. */
export interface StreamReference {
  readonly StreamName?: string;
  readonly StreamARN?: string;
}

/** All streams, by name: durable, and held in memory. */
export class Streams {
  readonly #kernel: Kernel;
  readonly #put: Writer;
  readonly #all: StatementSync;
  readonly #byName = new Map<string, Stream>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    kernel.store.define(`CREATE TABLE IF NOT EXISTS kinesis_streams (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, shard_count INTEGER NOT NULL, retention_hours INTEGER NOT NULL,
      mode TEXT NOT NULL, key_id TEXT, created_ms INTEGER NOT NULL) STRICT`);
    this.#put =
      kernel.store.writer(`INSERT INTO kinesis_streams (name, shard_count, retention_hours, mode, key_id, created_ms)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
      retention_hours = excluded.retention_hours, mode = excluded.mode, key_id = excluded.key_id`);
    this.#all = kernel.store.reader('SELECT * FROM kinesis_streams ORDER BY name');
    this.#load();
  }

  /** Creates the stream, or changes what can change of it: its shards stay as they are. */
  put({ name, shardCount, retentionHours, mode, keyId }: StreamDefinition): Stream {
    this.#put.run(name, shardCount, retentionHours, mode, keyId ?? null, this.#kernel.clock.nowMs());
    this.#load();
    return this.#byName.get(name) as Stream;
  }

  find(name: string): Stream | undefined {
    return this.#byName.get(name);
  }

  /** In the order of their names. */
  all(): readonly Stream[] {
    return [...this.#byName.values()];
  }

  get({ StreamName, StreamARN }: StreamReference): Stream {
    const name = StreamName ?? StreamARN?.split('/')[1];
    if (name === undefined) throw invalidArgument('Either StreamName or StreamARN must be provided.');
    if (!STREAM_NAME.test(name)) {
      throw constraintViolation(name, 'streamName', 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
    }
    const stream = this.#byName.get(name);
    if (stream && (StreamARN === undefined || StreamARN === stream.arn)) return stream;
    throw notFound(`Stream ${name} under account ${this.#kernel.accountId} not found.`);
  }

  #load(): void {
    this.#byName.clear();
    for (const row of this.#all.all()) {
      const name = row.name as string;
      const shardCount = row.shard_count as number;
      this.#byName.set(name, {
        id: row.id as number,
        name,
        arn: this.#kernel.arn('kinesis', `stream/${name}`),
        shardCount,
        retentionHours: row.retention_hours as number,
        mode: row.mode as Stream['mode'],
        keyId: (row.key_id as string | null) ?? undefined,
        createdMs: row.created_ms as number,
        hashRanges: new HashRanges(shardCount),
      });
    }
  }
}

/** Source: API_CreateStream.html. */
export const STREAM_NAME = /^[\w.-]{1,128}$/;
