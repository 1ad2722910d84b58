import type { Kernel } from '../../kernel/kernel.ts';
import type { RecordStore } from './record-store.ts';
import type { Stream } from './stream.ts';
import type { Streams } from './streams.ts';

/** Trimming does not run more often than this. */
const TRIM_INTERVAL_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Removes records past their stream's retention, at a time when there are some. */
export class Retention {
  readonly #kernel: Kernel;
  readonly #streams: Streams;
  readonly #records: RecordStore;
  readonly #armed = new Set<string>();

  constructor(kernel: Kernel, streams: Streams, records: RecordStore) {
    this.#kernel = kernel;
    this.#streams = streams;
    this.#records = records;
  }

  /** Trims what an earlier run of the stack left. */
  start(): void {
    for (const stream of this.#streams.all()) this.#trim(stream);
  }

  /** To be told of each arrival; costs nothing when a trimming is already to come. */
  arrived(stream: Stream, atMs: number): void {
    if (this.#armed.has(stream.name)) return;
    this.#armed.add(stream.name);
    const { clock } = this.#kernel;
    const dueMs = Math.max(atMs + stream.retentionHours * HOUR_MS, clock.nowMs() + TRIM_INTERVAL_MS);
    clock.setTimer(dueMs, () => {
      this.#armed.delete(stream.name);
      this.#trim(this.#streams.find(stream.name) ?? stream);
    });
  }

  #trim(stream: Stream): void {
    const oldestMs = this.#records.trim(stream, this.#kernel.clock.nowMs());
    if (oldestMs !== undefined) this.arrived(stream, oldestMs);
  }
}
