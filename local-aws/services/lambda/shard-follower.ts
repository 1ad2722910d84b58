import { setTimeout as delay } from 'node:timers/promises';
import type { Timer } from '../../kernel/clock.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import { StreamBatch } from './stream-batch.ts';
import type { StreamCheckpoints } from './stream-checkpoints.ts';
import { StreamInvocation } from './stream-invocation.ts';
import { StreamReader } from './stream-reader.ts';
import type { ShardPosition, StreamRecord, StreamSource } from './stream-source.ts';
import { OpenWindow } from './tumbling-window.ts';

/** An event is at most 6 MB, of which a window's state may take one. Source: services-kinesis-parameters.html. */
const MAX_RECORDS_BYTES = 5 * 1024 * 1024;
/** While a batch fills, reads are at least so far apart by the machine's clock: under load something arrives in each turn. AWS reads once a second. */
const READ_INTERVAL_MS = 100;

/** What the followers of one mapping share. */
export interface Following {
  readonly kernel: Kernel;
  readonly mapping: EventSourceMapping;
  readonly source: StreamSource;
  readonly checkpoints: StreamCheckpoints;
  /** When the mapping first began to read. */
  readonly mappedMs: number;
  readonly wants: (record: StreamRecord) => boolean;
}

/** Follows one shard for one function, batch after batch: it goes on when its batch is done, given up, or at the failure destination. */
export class ShardFollower {
  readonly #shared: Following;
  readonly #shardId: string;
  readonly #reader: StreamReader;
  readonly #batch: StreamBatch;
  /** Sequence number of the last record done, as the checkpoint has it. */
  #done: string | undefined;
  #window: OpenWindow | undefined;
  #windowEnd: Timer | undefined;
  #isFollowing = false;
  #arrivedMeanwhile = false;
  /** Ends the wait of a batch that is not full. */
  #topUp: (() => void) | undefined;
  /** On the machine's clock. */
  #readAtMs = 0;
  #stopped = false;

  constructor(shared: Following, shardId: string) {
    const { kernel, mapping, source, checkpoints } = shared;
    this.#shared = shared;
    this.#shardId = shardId;
    this.#reader = new StreamReader(kernel.clock, source, shardId);
    this.#batch = new StreamBatch(kernel, mapping, source, new StreamInvocation(kernel, mapping, source, shardId));
    this.#done = checkpoints.read(mapping.id, shardId);
    const { tumblingWindowMs } = mapping;
    const kept = tumblingWindowMs > 0 ? checkpoints.readWindow(mapping.id, shardId) : undefined;
    if (kept) this.#window = new OpenWindow(kept.startMs, tumblingWindowMs, kept.state);
  }

  start(): void {
    const { kernel, source } = this.#shared;
    kernel.signals.watch(source.signalOf(this.#shardId), () => this.#wake());
    this.#wake();
  }

  stop(): void {
    this.#stopped = true;
    this.#windowEnd?.cancel();
  }

  #wake(): void {
    if (this.#stopped) return;
    this.#arrivedMeanwhile = true;
    this.#topUp?.();
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    void this.#shared.kernel.activity
      .during(() => this.#follow())
      .finally(() => {
        this.#isFollowing = false;
        if (this.#arrivedMeanwhile) this.#wake();
      });
  }

  async #follow(): Promise<void> {
    while (!this.#stopped) {
      this.#arrivedMeanwhile = false;
      // Records written in one turn of the event loop make one batch.
      await new Promise((resolve) => setImmediate(resolve));
      const records = await this.#collect();
      const goesOn =
        this.#shared.mapping.tumblingWindowMs > 0 ? await this.#inWindow(records) : await this.#each(records);
      if (!goesOn) return;
    }
  }

  /** False when there was nothing to do, and nothing has come since. */
  async #each(records: readonly StreamRecord[]): Promise<boolean> {
    const isAny = await this.#all(records);
    return isAny && (this.#arrivedMeanwhile || !this.#reader.wasLast(this.#done));
  }

  /** False when there was nothing to do. */
  async #all(records: readonly StreamRecord[], window?: OpenWindow): Promise<boolean> {
    const last = records.at(-1);
    if (!last || this.#stopped) return false;
    await this.#batch.process(records.filter(this.#shared.wants), (done) => this.#checkpoint(done), window);
    this.#checkpoint(last);
    return true;
  }

  /**
   * Windows go by arrival: what belongs to a later one ends the one that is open, and so does the clock.
   *
   * Differs from AWS: a window ends with its time, where AWS waits up to two minutes for records that may be under way.
   */
  async #inWindow(records: readonly StreamRecord[]): Promise<boolean> {
    const { kernel } = this.#shared;
    const window = this.#window ?? this.#firstWindow(records);
    if (!window) return this.#all(records);
    const within = records.filter(({ arrivedMs }) => arrivedMs < window.endMs);
    if (within.length > 0) {
      await this.#all(within, window);
      if (window.isStateTooLarge()) await this.#endEarly(window);
      return true;
    }
    if (records.length > 0 || kernel.clock.nowMs() >= window.endMs) return this.#closeWindow(window);
    this.#windowEnd ??= kernel.clock.setTimer(window.endMs, () => this.#wake());
    return false;
  }

  /** The window of the first record that counts. */
  #firstWindow(records: readonly StreamRecord[]): OpenWindow | undefined {
    const first = records.find(this.#shared.wants);
    if (first) this.#window = new OpenWindow(first.arrivedMs, this.#shared.mapping.tumblingWindowMs);
    return this.#window;
  }

  async #endEarly(window: OpenWindow): Promise<void> {
    await this.#batch.finish(window);
    if (this.#stopped) return;
    window.startAfresh();
    this.#keepWindow(window);
  }

  async #closeWindow(window: OpenWindow): Promise<boolean> {
    await this.#batch.finish(window);
    if (this.#stopped) return false;
    const { checkpoints, mapping } = this.#shared;
    checkpoints.deleteWindow(mapping.id, this.#shardId);
    this.#window = undefined;
    this.#windowEnd?.cancel();
    this.#windowEnd = undefined;
    return true;
  }

  /** With the window's state, so that both are of the same records. */
  #checkpoint(done: StreamRecord): void {
    if (this.#stopped || done.sequenceNumber === this.#done) return;
    const { checkpoints, mapping } = this.#shared;
    this.#done = done.sequenceNumber;
    checkpoints.write(mapping.id, this.#shardId, done.sequenceNumber);
    if (this.#window) this.#keepWindow(this.#window);
  }

  #keepWindow(window: OpenWindow): void {
    this.#shared.checkpoints.writeWindow(this.#shared.mapping.id, this.#shardId, window.kept());
  }

  /** A batch that is not full waits until its oldest record has waited for the batching window, or for what fills it. */
  async #collect(): Promise<readonly StreamRecord[]> {
    const { kernel, mapping } = this.#shared;
    const { batchSize, batchingWindowMs } = mapping;
    const records = [...this.#read(this.#position(), batchSize)];
    const untilMs = (records[0]?.arrivedMs ?? 0) + batchingWindowMs;
    for (let last = records.at(-1); last && records.length < batchSize && kernel.clock.nowMs() < untilMs; ) {
      await kernel.activity.whileWaiting(() => this.#moreOr(untilMs));
      await this.#readInterval(untilMs);
      if (this.#stopped) return [];
      records.push(...this.#read({ after: last.sequenceNumber }, batchSize - records.length));
      last = records.at(-1);
    }
    return withinOneEvent(records);
  }

  async #readInterval(untilMs: number): Promise<void> {
    const intervalMs = this.#readAtMs + READ_INTERVAL_MS - performance.now();
    const waitMs = Math.min(intervalMs, untilMs - this.#shared.kernel.clock.nowMs());
    if (waitMs > 0) await delay(waitMs);
  }

  #moreOr(untilMs: number): Promise<void> {
    const { clock } = this.#shared.kernel;
    return new Promise((resolve) => {
      const timer = clock.setTimer(untilMs, resolve);
      this.#topUp = () => {
        timer.cancel();
        resolve();
      };
    });
  }

  #position(): ShardPosition {
    const { mapping, mappedMs } = this.#shared;
    const { startingPosition } = mapping;
    return this.#done === undefined ? { startingPosition, mappedMs } : { after: this.#done };
  }

  #read(position: ShardPosition, limit: number): readonly StreamRecord[] {
    this.#readAtMs = performance.now();
    return this.#reader.read(position, limit);
  }
}

/** What does not fit is read again with the next batch. */
function withinOneEvent(records: readonly StreamRecord[]): readonly StreamRecord[] {
  let bytes = 0;
  const end = records.findIndex(({ event }, index) => {
    bytes += Buffer.byteLength(event);
    return bytes > MAX_RECORDS_BYTES && index > 0;
  });
  return end === -1 ? records : records.slice(0, end);
}
