import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../../kernel/store.ts';

export interface StreamRecordRow {
  readonly sequence: number;
  readonly created_ms: number;
  readonly record: string;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
export const RETENTION_MS = 24 * 60 * 60 * 1000;

/**
 * Records of all streams, numbered by one counter. The newest record of all is never removed: the counter goes on from it
 * after a restart; readers leave out what is past its retention.
 */
export class StreamStore {
  readonly #append: Writer;
  readonly #after: StatementSync;
  readonly #newest: StatementSync;
  readonly #oldest: StatementSync;
  readonly #trim: Writer;

  constructor(store: Store) {
    store.define(`
      CREATE TABLE IF NOT EXISTS dynamodb_stream_records (
        stream_id INTEGER NOT NULL, sequence INTEGER PRIMARY KEY, created_ms INTEGER NOT NULL, record TEXT NOT NULL
      );
      CREATE INDEX IF NOT EXISTS dynamodb_stream_order ON dynamodb_stream_records (stream_id);
    `);
    this.#append = store.writer('INSERT INTO dynamodb_stream_records VALUES (?, ?, ?, ?)');
    // `+ 0`: a bare parameter as limit has SQLite compile the statement anew each time.
    this.#after = store.reader(
      `SELECT sequence, created_ms, record FROM dynamodb_stream_records
        WHERE stream_id = ? AND sequence > ? AND created_ms > ? ORDER BY sequence LIMIT ? + 0`,
    );
    this.#newest = store.reader('SELECT max(sequence) AS sequence FROM dynamodb_stream_records');
    this.#oldest = store.reader('SELECT min(created_ms) AS at FROM dynamodb_stream_records WHERE created_ms > ?');
    this.#trim = store.writer('DELETE FROM dynamodb_stream_records WHERE created_ms <= ? AND sequence < ?');
  }

  append(streamId: number, sequence: number, createdMs: number, record: string): void {
    this.#append.run(streamId, sequence, createdMs, record);
  }

  /** At most `limit` records of the stream after a sequence number, not yet trimmed at `nowMs`. */
  after(streamId: number, sequence: number, nowMs: number, limit: number): StreamRecordRow[] {
    return this.#after.all(streamId, sequence, nowMs - RETENTION_MS, limit) as unknown as StreamRecordRow[];
  }

  newestSequence(): number {
    return (this.#newest.get()?.sequence as number | null) ?? 0;
  }

  oldestMs(nowMs: number): number | undefined {
    return (this.#oldest.get(nowMs - RETENTION_MS)?.at as number | null) ?? undefined;
  }

  trim(nowMs: number): void {
    this.#trim.run(nowMs - RETENTION_MS, this.newestSequence());
  }
}
