import type { StatementSync } from 'node:sqlite';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Writer } from '../../kernel/store.ts';

export interface Consumer {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;
  readonly createdMs: number;
}

/** Registered consumers with enhanced fan-out, by stream and name. */
export class Consumers {
  readonly #kernel: Kernel;
  readonly #put: Writer;
  readonly #of: StatementSync;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    kernel.store.define(`CREATE TABLE IF NOT EXISTS kinesis_consumers (
      stream_arn TEXT NOT NULL, name TEXT NOT NULL, created_ms INTEGER NOT NULL, PRIMARY KEY (stream_arn, name)) STRICT, WITHOUT ROWID`);
    this.#put = kernel.store.writer('INSERT OR IGNORE INTO kinesis_consumers VALUES (?, ?, ?)');
    this.#of = kernel.store.reader('SELECT name, created_ms FROM kinesis_consumers WHERE stream_arn = ? ORDER BY name');
  }

  /** The consumer of this name, registered now if it is not yet. */
  register(streamArn: string, name: string): Consumer {
    this.#put.run(streamArn, name, this.#kernel.clock.nowMs());
    return this.of(streamArn).find((consumer) => consumer.name === name) as Consumer;
  }

  of(streamArn: string): readonly Consumer[] {
    return this.#of.all(streamArn).map((row) => {
      const createdMs = row.created_ms as number;
      const arn = `${streamArn}/consumer/${row.name}:${Math.floor(createdMs / 1000)}`;
      return { name: row.name as string, arn, streamArn, createdMs };
    });
  }

  countOf(streamArn: string): number {
    return this.of(streamArn).length;
  }
}
