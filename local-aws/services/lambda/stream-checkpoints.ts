import type { Store } from '../../kernel/store.ts';

/** A tumbling window under way in a shard, with what the function has returned of it so far. */
export interface KeptWindow {
  readonly startMs: number;
  /** JSON. */
  readonly state: string;
}

/** How far each mapping has come in each shard; durable, so that a restart neither repeats nor skips a batch done. */
export class StreamCheckpoints {
  readonly #read;
  readonly #write;
  readonly #mapped;
  readonly #map;
  readonly #window;
  readonly #openWindow;
  readonly #closeWindow;

  constructor(store: Store) {
    store.define(`
      CREATE TABLE IF NOT EXISTS lambda_stream_checkpoint (
        mappingId TEXT NOT NULL, shardId TEXT NOT NULL, sequenceNumber TEXT NOT NULL, PRIMARY KEY (mappingId, shardId)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS lambda_stream_mapping (
        mappingId TEXT PRIMARY KEY, mappedMs INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS lambda_stream_window (
        mappingId TEXT NOT NULL, shardId TEXT NOT NULL, startMs INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (mappingId, shardId)
      ) STRICT, WITHOUT ROWID`);
    this.#read = store.reader(
      'SELECT sequenceNumber FROM lambda_stream_checkpoint WHERE mappingId = ? AND shardId = ?',
    );
    this.#write = store.writer('INSERT OR REPLACE INTO lambda_stream_checkpoint VALUES (?, ?, ?)');
    this.#mapped = store.reader('SELECT mappedMs FROM lambda_stream_mapping WHERE mappingId = ?');
    this.#map = store.writer('INSERT INTO lambda_stream_mapping VALUES (?, ?)');
    this.#window = store.reader('SELECT startMs, state FROM lambda_stream_window WHERE mappingId = ? AND shardId = ?');
    this.#openWindow = store.writer('INSERT OR REPLACE INTO lambda_stream_window VALUES (?, ?, ?, ?)');
    this.#closeWindow = store.writer('DELETE FROM lambda_stream_window WHERE mappingId = ? AND shardId = ?');
  }

  /** Sequence number of the last record done. */
  read(mappingId: string, shardId: string): string | undefined {
    return this.#read.get(mappingId, shardId)?.sequenceNumber as string | undefined;
  }

  write(mappingId: string, shardId: string, sequenceNumber: string): void {
    this.#write.run(mappingId, shardId, sequenceNumber);
  }

  /** When the mapping first began to read: now, at its first start. */
  mappedMs(mappingId: string, nowMs: number): number {
    const known = this.#mapped.get(mappingId)?.mappedMs as number | undefined;
    if (known !== undefined) return known;
    this.#map.run(mappingId, nowMs);
    return nowMs;
  }

  readWindow(mappingId: string, shardId: string): KeptWindow | undefined {
    return this.#window.get(mappingId, shardId) as KeptWindow | undefined;
  }

  writeWindow(mappingId: string, shardId: string, { startMs, state }: KeptWindow): void {
    this.#openWindow.run(mappingId, shardId, startMs, state);
  }

  deleteWindow(mappingId: string, shardId: string): void {
    this.#closeWindow.run(mappingId, shardId);
  }
}
