import type { Clock } from '../../kernel/clock.ts';
import { shardKey } from './stream.ts';

/**
 * A second's allowance of units and bytes for each shard: for writes 1,000 records and 1 MiB, for reads 5 calls and 2 MiB.
 * Source: streams/latest/dev/service-sizes-and-limits.html.
 */
export interface ShardAllowance {
  readonly units: number;
  readonly bytes: number;
}

export const WRITE_ALLOWANCE: ShardAllowance = { units: 1000, bytes: 1024 * 1024 };
export const READ_ALLOWANCE: ShardAllowance = { units: 5, bytes: 2 * 1024 * 1024 };

interface Spent {
  second: number;
  units: number;
  bytes: number;
}

/**
 * Counts what each shard has taken in the current second of the stack's clock.
 *
 * Differs from AWS: seconds begin with the clock's; AWS does not say how it measures them.
 */
export class ShardLimits {
  readonly #clock: Clock;
  readonly #allowance: ShardAllowance;
  readonly #spent = new Map<number, Spent>();

  constructor(clock: Clock, allowance: ShardAllowance) {
    this.#clock = clock;
    this.#allowance = allowance;
  }

  /** Whether a unit of so many bytes still fits; if so it is counted. */
  take(streamId: number, shard: number, bytes: number): boolean {
    const spent = this.#current(streamId, shard);
    if (spent.units >= this.#allowance.units || spent.bytes + bytes > this.#allowance.bytes) return false;
    spent.units += 1;
    spent.bytes += bytes;
    return true;
  }

  /** Counts bytes known only afterwards: they delay what comes next, over as many seconds as it takes. */
  charge(streamId: number, shard: number, bytes: number): void {
    this.#current(streamId, shard).bytes += bytes;
  }

  #current(streamId: number, shard: number): Spent {
    const second = Math.floor(this.#clock.nowMs() / 1000);
    const key = shardKey(streamId, shard);
    const spent = this.#spent.get(key) ?? { second, units: 0, bytes: 0 };
    this.#spent.set(key, spent);
    if (spent.second !== second) {
      spent.bytes = Math.max(0, spent.bytes - (second - spent.second) * this.#allowance.bytes);
      spent.units = 0;
      spent.second = second;
    }
    return spent;
  }
}
