import { hash } from 'node:crypto';

/** Hash keys are 128-bit. Internally 32 hexadecimal digits, whose order as text is their order as numbers; decimal on the wire. */
const HASH_KEYS = 2n ** 128n;

export interface HashRange {
  /** Decimal. */
  readonly StartingHashKey: string;
  readonly EndingHashKey: string;
}

/** The hash keys of a stream, shared out among its shards evenly. */
export class HashRanges {
  readonly ranges: readonly HashRange[];
  readonly #starts: readonly string[];

  constructor(shardCount: number) {
    const width = HASH_KEYS / BigInt(shardCount);
    const starts = Array.from({ length: shardCount }, (_, shard) => width * BigInt(shard));
    this.#starts = starts.map(toHex);
    this.ranges = starts.map((start, shard) => ({
      StartingHashKey: String(start),
      EndingHashKey: String((starts[shard + 1] ?? HASH_KEYS) - 1n),
    }));
  }

  /** Index of the shard that a record of this partition key goes to. */
  shardOf(partitionKey: string): number {
    return this.#shardAt(hash('md5', partitionKey, 'hex'));
  }

  /** Undefined when `explicitHashKey` is no hash key. */
  shardOfHashKey(explicitHashKey: string): number | undefined {
    if (!/^(0|[1-9]\d{0,38})$/.test(explicitHashKey)) return undefined;
    const hashKey = BigInt(explicitHashKey);
    return hashKey < HASH_KEYS ? this.#shardAt(toHex(hashKey)) : undefined;
  }

  #shardAt(hashKey: string): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as string) <= hashKey) low = middle;
      else high = middle;
    }
    return low;
  }
}

function toHex(hashKey: bigint): string {
  return hashKey.toString(16).padStart(32, '0');
}
