import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';
import { type Stream, shardKey } from './stream.ts';

const HOUR_MS = 3_600_000;

export interface StoredRecord {
  /** 1, 2, 3… within the shard. */
  readonly sequence: number;
  readonly arrived_ms: number;
  readonly partition_key: string;
  /** Base64, as it came and as it goes. */
  readonly data: string;
}

/** Trimming removes at most so many records of a shard at once. */
const TRIM_BATCH = 10_000;

/**
 * The records of all streams. A shard's newest record is never removed: its numbering goes on from it after a restart; readers leave out
 * what is past its retention.
 */
export class RecordStore {
  readonly #append: Writer;
  readonly #after: StatementSync;
  readonly #newest: StatementSync;
  readonly #sinceMs: StatementSync;
  readonly #trim: Writer;
  /** Newest sequence of each shard met so far. */
  readonly #newestOf = new Map<number, number>();

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS kinesis_records (
      stream_id INTEGER NOT NULL, shard INTEGER NOT NULL, sequence INTEGER NOT NULL, arrived_ms INTEGER NOT NULL,
      partition_key TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (stream_id, shard, sequence)) STRICT, WITHOUT ROWID`);
    this.#append = store.writer('INSERT INTO kinesis_records VALUES (?, ?, ?, ?, ?, ?)');
    // `+ 0`: a bare parameter as limit has SQLite compile the statement anew each time.
    this.#after = store.reader(`SELECT sequence, arrived_ms, partition_key, data FROM kinesis_records
      WHERE stream_id = ? AND shard = ? AND sequence > ? AND arrived_ms > ? ORDER BY sequence LIMIT ? + 0`);
    this.#newest = store.reader(
      'SELECT max(sequence) AS newest FROM kinesis_records WHERE stream_id = ? AND shard = ?',
    );
    this.#sinceMs = store.reader(`SELECT sequence, arrived_ms FROM kinesis_records
      WHERE stream_id = ? AND shard = ? AND arrived_ms >= ? ORDER BY sequence LIMIT 1`);
    this.#trim = store.writer(`DELETE FROM kinesis_records WHERE stream_id = ? AND shard = ? AND sequence IN (
      SELECT sequence FROM kinesis_records WHERE stream_id = ? AND shard = ? ORDER BY sequence LIMIT ${TRIM_BATCH})
      AND arrived_ms <= ? AND sequence < ?`);
  }

  /** Returns the record's sequence. */
  append(streamId: number, shard: number, arrivedMs: number, partitionKey: string, data: string): number {
    const sequence = this.newestSequence(streamId, shard) + 1;
    this.#append.run(streamId, shard, sequence, arrivedMs, partitionKey, data);
    this.#newestOf.set(shardKey(streamId, shard), sequence);
    return sequence;
  }

  /** At most `limit` records of the shard after a sequence, not yet past their retention at `nowMs`. */
  after(stream: Stream, shard: number, sequence: number, nowMs: number, limit: number): StoredRecord[] {
    const trimmedMs = nowMs - stream.retentionHours * HOUR_MS;
    return this.#after.all(stream.id, shard, sequence, trimmedMs, limit) as unknown as StoredRecord[];
  }

  /** 0 before the first record. */
  newestSequence(streamId: number, shard: number): number {
    const key = shardKey(streamId, shard);
    const known = this.#newestOf.get(key);
    if (known !== undefined) return known;
    const newest = (this.#newest.get(streamId, shard)?.newest as number | null) ?? 0;
    this.#newestOf.set(key, newest);
    return newest;
  }

  /** The first record that arrived at an instant or later. */
  firstSince(streamId: number, shard: number, atMs: number): { sequence: number; arrived_ms: number } | undefined {
    return this.#sinceMs.get(streamId, shard, atMs) as { sequence: number; arrived_ms: number } | undefined;
  }

  /** Removes what is past its retention. Returns the arrival of the oldest record left that can still be removed. */
  trim(stream: Stream, nowMs: number): number | undefined {
    const trimmedMs = nowMs - stream.retentionHours * HOUR_MS;
    let oldestMs: number | undefined;
    for (let shard = 0; shard < stream.shardCount; shard++) {
      const newest = this.newestSequence(stream.id, shard);
      while (this.#trim.run(stream.id, shard, stream.id, shard, trimmedMs, newest) === TRIM_BATCH);
      const oldest = this.firstSince(stream.id, shard, 0);
      if (oldest && oldest.sequence < newest) oldestMs = Math.min(oldest.arrived_ms, oldestMs ?? oldest.arrived_ms);
    }
    return oldestMs;
  }
}
