import type { Clock } from '../../kernel/clock.ts';
import type { ShardPosition, StreamRecord, StreamSource } from './stream-source.ts';

/** The shortest life of an iterator, which is Kinesis'. Source: API_GetShardIterator.html. */
const ITERATOR_LIFETIME_MS = 5 * 60 * 1000;
/** An answer of DynamoDB is cut at 1 MB, one of Kinesis at 10: a shorter one that is not full ends at the shard's tip. Source: API_streams_GetRecords.html. */
const MAX_UNCUT_LENGTH = 512 * 1024;

/** Where the last read of a shard ended. */
interface Left {
  /** Sequence number of the last record read; undefined before the first. */
  readonly after: string | undefined;
  readonly iterator: string;
  readonly atMs: number;
  readonly isTip: boolean;
}

/** Reads one shard, on from where the last read ended by the iterator that came with it. */
export class StreamReader {
  readonly #clock: Clock;
  readonly #source: StreamSource;
  readonly #shardId: string;
  #left: Left | undefined;

  constructor(clock: Clock, source: StreamSource, shardId: string) {
    this.#clock = clock;
    this.#source = source;
    this.#shardId = shardId;
  }

  /** The next records after a position; none at the shard's tip. */
  read(position: ShardPosition, limit: number): readonly StreamRecord[] {
    const after = 'after' in position ? position.after : undefined;
    const atMs = this.#clock.nowMs();
    const left = this.#left;
    const goesOn = left && left.after === after && atMs - left.atMs <= ITERATOR_LIFETIME_MS;
    const iterator = goesOn ? left.iterator : this.#source.iteratorAt(this.#shardId, position);
    const { records, nextIterator } = this.#source.read(this.#shardId, iterator, limit);
    const isTip = records.length < limit && lengthOf(records) <= MAX_UNCUT_LENGTH;
    this.#left = { after: records.at(-1)?.sequenceNumber ?? after, iterator: nextIterator, atMs, isTip };
    return records;
  }

  /** Whether a record was the shard's last when it was read. */
  wasLast(sequenceNumber: string | undefined): boolean {
    return this.#left?.isTip === true && this.#left.after === sequenceNumber;
  }
}

function lengthOf(records: readonly StreamRecord[]): number {
  return records.reduce((length, { event }) => length + event.length, 0);
}
