import type { Store } from '../../kernel/store.ts';

/** How far each mapping has come in each shard; durable, so that a restart neither repeats nor skips a batch done. */
export class StreamCheckpoints {
  readonly #read;
  readonly #write;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS lambda_stream_checkpoint (
      mappingId TEXT NOT NULL, shardId TEXT NOT NULL, sequenceNumber TEXT NOT NULL, PRIMARY KEY (mappingId, shardId)
    ) STRICT, WITHOUT ROWID`);
    this.#read = store.reader(
      'SELECT sequenceNumber FROM lambda_stream_checkpoint WHERE mappingId = ? AND shardId = ?',
    );
    this.#write = store.writer('INSERT OR REPLACE INTO lambda_stream_checkpoint VALUES (?, ?, ?)');
  }

  /** Sequence number of the last record done. */
  read(mappingId: string, shardId: string): string | undefined {
    return this.#read.get(mappingId, shardId)?.sequenceNumber as string | undefined;
  }

  write(mappingId: string, shardId: string, sequenceNumber: string): void {
    this.#write.run(mappingId, shardId, sequenceNumber);
  }
}
