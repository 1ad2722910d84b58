import { serviceOfArn } from '../../kernel/arn.ts';
import { eventPatternMatcher } from '../../kernel/event-pattern.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { DynamoDbSource } from './dynamodb-source.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import { KinesisSource } from './kinesis-source.ts';
import { pollerPrincipal } from './mapping-permissions.ts';
import { ShardFollower } from './shard-follower.ts';
import type { StreamCheckpoints } from './stream-checkpoints.ts';
import type { StreamRecord, StreamSource } from './stream-source.ts';

/** Follows all shards of a stream for one function. Shards are independent of each other. */
export class StreamPoller {
  readonly #kernel: Kernel;
  readonly #mapping: EventSourceMapping;
  readonly #checkpoints: StreamCheckpoints;
  readonly #source: StreamSource;
  #followers: readonly ShardFollower[] = [];

  constructor(kernel: Kernel, mapping: EventSourceMapping, checkpoints: StreamCheckpoints) {
    this.#kernel = kernel;
    this.#mapping = mapping;
    this.#checkpoints = checkpoints;
    this.#source = sourceOf(kernel, mapping);
  }

  start(): void {
    const mappedMs = this.#checkpoints.mappedMs(this.#mapping.id, this.#kernel.clock.nowMs());
    const shared = {
      kernel: this.#kernel,
      mapping: this.#mapping,
      source: this.#source,
      checkpoints: this.#checkpoints,
      mappedMs,
      wants: this.#filter(mappedMs),
    };
    this.#followers = this.#source.shardIds().map((shardId) => new ShardFollower(shared, shardId));
    for (const follower of this.#followers) follower.start();
  }

  stop(): void {
    for (const follower of this.#followers) follower.stop();
  }

  #filter(mappedMs: number): (record: StreamRecord) => boolean {
    const { filterPatterns, startingPosition } = this.#mapping;
    const matchers = filterPatterns.map((pattern) => eventPatternMatcher(JSON.parse(pattern)));
    // DynamoDB tells whole seconds: a record of the mapping's first second is taken for a later one.
    const firstMs = startingPosition === 'LATEST' ? Math.floor(mappedMs / 1000) * 1000 : 0;
    return (record) => {
      if (record.arrivedMs < firstMs) return false;
      if (matchers.length === 0) return true;
      const subject = this.#source.filtered(record);
      return matchers.some((matches) => matches(subject));
    };
  }
}

function sourceOf(kernel: Kernel, mapping: EventSourceMapping): StreamSource {
  const { sourceArn, functionRoleArn } = mapping;
  const principal = pollerPrincipal(mapping);
  return serviceOfArn(sourceArn) === 'kinesis'
    ? new KinesisSource(kernel, sourceArn, principal, functionRoleArn)
    : new DynamoDbSource(kernel, sourceArn, principal);
}
