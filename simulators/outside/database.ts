import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const PRAGMAS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 8192;
`;

/**
 * Opens a simulator's file in the data directory (`:memory:` keeps nothing). Write-ahead log, synchronous NORMAL: a commit survives `kill -9` of the
 * process; a power cut may take the last ones. Nobody else opens it meanwhile, which spares a transaction its locks. A long log goes to the
 * file seldom: what was written many times goes once, and the disk is waited for once.
 */
export function openDatabase(dataDir: string, fileName: string, schema: string): DatabaseSync {
  if (dataDir !== ':memory:') mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(dataDir === ':memory:' ? dataDir : join(dataDir, fileName));
  database.exec(`${PRAGMAS}${schema}`);
  return database;
}

/** Opens a transaction at the first write; `commit()` makes all writes since then durable at once. */
export class WriteTransaction {
  readonly #database: DatabaseSync;
  #open = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  begin(): void {
    if (this.#open) return;
    this.#database.exec('BEGIN IMMEDIATE');
    this.#open = true;
  }

  commit(): void {
    if (!this.#open) return;
    this.#database.exec('COMMIT');
    this.#open = false;
  }
}
