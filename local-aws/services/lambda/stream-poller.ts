import { eventPatternMatcher } from '../../kernel/event-pattern.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { type Principal, servicePrincipal } from '../../kernel/principal.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import { StreamBatch, type StreamRecord } from './stream-batch.ts';
import type { StreamCheckpoints } from './stream-checkpoints.ts';

/** The service that reads DynamoDB streams. */
const STREAMS = 'streams.dynamodb';

/**
 * Follows a stream's shards for one function. Records of one key are handled in order; a shard goes on only when its batch is
 * done, given up, or handed to the failure destination.
 */
export class StreamPoller {
  readonly #kernel: Kernel;
  readonly #mapping: EventSourceMapping;
  readonly #checkpoints: StreamCheckpoints;
  readonly #principal: Principal;
  readonly #batch: StreamBatch;
  readonly #matches: ((record: unknown) => boolean) | undefined;
  /** Shards being followed; true: something arrived since the last look. */
  readonly #running = new Map<string, boolean>();
  #shardIds: readonly string[] = [];
  #stopped = false;

  constructor(kernel: Kernel, mapping: EventSourceMapping, checkpoints: StreamCheckpoints) {
    this.#kernel = kernel;
    this.#mapping = mapping;
    this.#checkpoints = checkpoints;
    this.#principal = servicePrincipal('lambda.amazonaws.com', mapping.functionArn);
    this.#batch = new StreamBatch(kernel, mapping, this.#principal);
    const matchers = mapping.filterPatterns.map((pattern) => eventPatternMatcher(JSON.parse(pattern)));
    if (matchers.length > 0) this.#matches = (record) => matchers.some((matches) => matches(record));
  }

  start(): void {
    const { StreamDescription } = this.#call('DescribeStream', { StreamArn: this.#mapping.sourceArn }) as {
      StreamDescription: { Shards: { ShardId: string }[] };
    };
    this.#shardIds = StreamDescription.Shards.map((shard) => shard.ShardId);
    this.#kernel.signals.watch(this.#mapping.sourceArn, () => this.#wake());
    this.#wake();
  }

  stop(): void {
    this.#stopped = true;
  }

  #wake(): void {
    for (const shardId of this.#shardIds) this.#wakeShard(shardId);
  }

  #wakeShard(shardId: string): void {
    if (this.#stopped) return;
    const isFollowed = this.#running.has(shardId);
    this.#running.set(shardId, isFollowed);
    if (isFollowed) return;
    void this.#kernel.activity
      .during(() => this.#follow(shardId))
      .finally(() => {
        const arrivedMeanwhile = this.#running.get(shardId);
        this.#running.delete(shardId);
        if (arrivedMeanwhile) this.#wakeShard(shardId);
      });
  }

  async #follow(shardId: string): Promise<void> {
    let iterator = this.#iterator(shardId);
    while (!this.#stopped && iterator) {
      // Records written in one turn of the event loop make one batch.
      await new Promise((resolve) => setImmediate(resolve));
      const records = await this.#collect(iterator);
      const last = records.at(-1);
      if (!last) return;
      await this.#batch.process(this.#matches ? records.filter((record) => this.#matches?.(record)) : records);
      if (this.#stopped) return;
      this.#checkpoints.write(this.#mapping.id, shardId, last.dynamodb.SequenceNumber);
      iterator = this.#iterator(shardId);
    }
  }

  /** A batch that is not full waits for its window and is read again, with what has come since. */
  async #collect(iterator: string): Promise<StreamRecord[]> {
    const { batchSize, batchingWindowMs } = this.#mapping;
    const records = this.#read(iterator, batchSize);
    if (records.length === 0 || records.length >= batchSize || batchingWindowMs === 0) return records;
    await this.#kernel.activity.whileWaiting(() => this.#windowEnd(batchingWindowMs));
    return this.#stopped ? [] : this.#read(iterator, batchSize);
  }

  #windowEnd(delayMs: number): Promise<void> {
    const { clock } = this.#kernel;
    return new Promise((resolve) => {
      clock.setTimer(clock.nowMs() + delayMs, resolve);
    });
  }

  #read(ShardIterator: string, Limit: number): StreamRecord[] {
    const { Records } = this.#call('GetRecords', { ShardIterator, Limit }) as { Records: StreamRecord[] };
    return Records;
  }

  #iterator(shardId: string): string | undefined {
    const done = this.#checkpoints.read(this.#mapping.id, shardId);
    const position = done
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: done }
      : { ShardIteratorType: this.#mapping.startingPosition };
    const input = { StreamArn: this.#mapping.sourceArn, ShardId: shardId, ...position };
    return (this.#call('GetShardIterator', input) as { ShardIterator?: string }).ShardIterator;
  }

  #call(operation: string, input: object): unknown {
    return this.#kernel.call(STREAMS, operation, input, this.#principal);
  }
}
