import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../../kernel/store.ts';

/** A data key as KMS wrapped it, and the encryption context that it takes to unwrap it. */
export interface WrappedDataKey {
  readonly id: number;
  readonly ciphertextBlob: string;
  readonly contextArn: string;
}

export class DataKeyStore {
  readonly #insert: Writer;
  readonly #byId: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS s3_data_keys (
      id INTEGER PRIMARY KEY AUTOINCREMENT, ciphertext_blob TEXT NOT NULL, context_arn TEXT NOT NULL)`);
    this.#insert = store.writer('INSERT INTO s3_data_keys (ciphertext_blob, context_arn) VALUES (?, ?)');
    this.#byId = store.reader(`SELECT id, ciphertext_blob AS ciphertextBlob, context_arn AS contextArn
      FROM s3_data_keys WHERE id = ?`);
  }

  /** Gives its id. */
  put(ciphertextBlob: string, contextArn: string): number {
    return this.#insert.insert(ciphertextBlob, contextArn);
  }

  get(id: number): WrappedDataKey {
    return this.#byId.get(id) as unknown as WrappedDataKey;
  }
}
