import type { Kernel } from '../../kernel/kernel.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import type { Attempt, StreamInvocation } from './stream-invocation.ts';
import type { StreamRecord, StreamSource } from './stream-source.ts';
import type { OpenWindow } from './tumbling-window.ts';

/** Wait before a failed batch is tried again; AWS backs off too, undocumented. */
const FIRST_BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 30_000;

/** Told of the last record done, again and again, in order. */
type Progress = (done: StreamRecord) => void;

/**
 * Gives one batch of a shard to the function: retries from the first failure, halves it, or hands it on.
 *
 * Differs from AWS: with a parallelization factor one batch is shared out among the lanes, and the next one waits for them all; there each lane has
 * its own.
 */
export class StreamBatch {
  readonly #kernel: Kernel;
  readonly #mapping: EventSourceMapping;
  readonly #source: StreamSource;
  readonly #invocation: StreamInvocation;

  constructor(kernel: Kernel, mapping: EventSourceMapping, source: StreamSource, invocation: StreamInvocation) {
    this.#kernel = kernel;
    this.#mapping = mapping;
    this.#source = source;
    this.#invocation = invocation;
  }

  /** Resolves when every record is done, given up, or at the failure destination. */
  async process(records: readonly StreamRecord[], progress: Progress, window?: OpenWindow): Promise<void> {
    const lanes = this.#lanes(records);
    if (lanes.length <= 1) {
      await this.#deliver(records, progress, window);
      return;
    }
    // Lanes overtake each other: the batch is done when all are.
    const { activity } = this.#kernel;
    const deliveries = (): Promise<void>[] =>
      lanes.map((lane) => activity.during(() => this.#deliver(lane, () => undefined)));
    await activity.whileWaiting(() => Promise.all(deliveries()));
  }

  /** The last call of a window, without records. It holds the shard until it succeeds or its retries are used up. */
  async finish(window: OpenWindow): Promise<void> {
    const { maxRetries } = this.#mapping;
    for (let retries = 0; ; ) {
      const { outcome } = await this.#invocation.attempt([], window, true);
      if (outcome === 'answered' || (outcome === 'failed' && maxRetries >= 0 && retries >= maxRetries)) return;
      await this.#backOff(retries);
      if (outcome === 'failed') retries += 1;
    }
  }

  /** Records of one key stay in one lane, so that they stay in order. */
  #lanes(records: readonly StreamRecord[]): readonly StreamRecord[][] {
    const { parallelizationFactor } = this.#mapping;
    if (parallelizationFactor === 1) return [];
    const lanes = Array.from({ length: parallelizationFactor }, (): StreamRecord[] => []);
    for (const record of records) {
      lanes[hash(this.#source.partitionKeyOf(record)) % parallelizationFactor]?.push(record);
    }
    return lanes.filter((lane) => lane.length > 0);
  }

  async #deliver(records: readonly StreamRecord[], progress: Progress, window?: OpenWindow): Promise<void> {
    let left = records;
    let retries = 0;
    let invokeCount = 0;
    for (;;) {
      left = await this.#withoutTooOld(left, invokeCount, progress);
      if (left.length === 0) return;
      const attempt = await this.#invocation.attempt(left, window);
      const done = left.slice(0, left.length - attempt.left.length);
      left = attempt.left;
      const lastDone = done.at(-1);
      if (lastDone) {
        progress(lastDone);
        // The next record may be a healthy one: its count starts anew.
        retries = 0;
        invokeCount = 0;
      }
      if (left.length === 0) return;
      // A throttled function was not called, which costs no retry.
      if (attempt.outcome !== 'throttled') {
        invokeCount += 1;
        if (this.#mapping.bisectOnError && left.length > 1) {
          if (!lastDone) return this.#halves(left, progress, window);
        } else if (this.#areRetriesUsedUp(retries)) {
          return this.#giveUp(left, invokeCount, attempt.outcome, progress);
        }
      }
      await this.#backOff(retries);
      if (attempt.outcome !== 'throttled') retries += 1;
    }
  }

  /** Splitting costs no retry. Source: kinesis-on-failure-destination.html. */
  async #halves(records: readonly StreamRecord[], progress: Progress, window?: OpenWindow): Promise<void> {
    await this.#backOff(0);
    const middle = Math.ceil(records.length / 2);
    await this.#deliver(records.slice(0, middle), progress, window);
    await this.#deliver(records.slice(middle), progress, window);
  }

  #areRetriesUsedUp(retries: number): boolean {
    return this.#mapping.maxRetries >= 0 && retries >= this.#mapping.maxRetries;
  }

  async #giveUp(
    records: readonly StreamRecord[],
    invokeCount: number,
    outcome: Attempt['outcome'],
    progress: Progress,
  ): Promise<void> {
    const failure = { condition: 'RetryAttemptsExhausted', invokeCount, outcome } as const;
    await this.#invocation.toFailureDestination(records, failure);
    progress(records.at(-1) as StreamRecord);
  }

  /** Records past the mapping's greatest age go to the failure destination, called with or not. */
  async #withoutTooOld(
    records: readonly StreamRecord[],
    invokeCount: number,
    progress: Progress,
  ): Promise<readonly StreamRecord[]> {
    const oldestMs = this.#kernel.clock.nowMs() - this.#mapping.maxRecordAgeMs;
    const firstYoung = records.findIndex((record) => record.arrivedMs >= oldestMs);
    const old = firstYoung === -1 ? records : records.slice(0, firstYoung);
    const last = old.at(-1);
    if (!last) return records;
    const failure = { condition: 'RecordAgeExceeded', invokeCount, outcome: 'failed' } as const;
    await this.#invocation.toFailureDestination(old, failure);
    progress(last);
    return records.slice(old.length);
  }

  #backOff(retries: number): Promise<void> {
    const { activity, clock } = this.#kernel;
    const delayMs = Math.min(FIRST_BACKOFF_MS * 2 ** retries, MAX_BACKOFF_MS);
    return activity.whileWaiting(
      () =>
        new Promise((resolve) => {
          clock.setTimer(clock.nowMs() + delayMs, resolve);
        }),
    );
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
