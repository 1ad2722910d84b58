import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../kernel/simulated-clock.ts';
import { StreamReader } from './stream-reader.ts';
import type { ShardPosition, StreamSource } from './stream-source.ts';

const MINUTE_MS = 60_000;
const START: ShardPosition = { startingPosition: 'TRIM_HORIZON', mappedMs: 0 };

/** A shard of the records 1 to 9; an iterator is the number of the last record before it. */
function readerOfNine(eventLength = 2) {
  const clock = new SimulatedClock(0);
  const asked: ShardPosition[] = [];
  const source: StreamSource = {
    streamArn: 'arn:stream',
    batchInfoName: 'KinesisBatchInfo',
    shardIds: () => ['shard'],
    signalOf: () => 'signal',
    partitionKeyOf: () => '',
    filtered: () => undefined,
    iteratorAt: (_shardId, position) => {
      asked.push(position);
      return 'after' in position ? position.after : '0';
    },
    read: (_shardId, iterator, limit) => {
      const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((number) => number > Number(iterator)).slice(0, limit);
      const records = numbers.map((number) => ({
        sequenceNumber: String(number),
        arrivedMs: 0,
        event: 'x'.repeat(eventLength),
      }));
      return { records, nextIterator: String(numbers.at(-1) ?? iterator) };
    },
  };
  const reader = new StreamReader(clock, source, 'shard');
  const read = (position: ShardPosition, limit = 3) =>
    reader.read(position, limit).map(({ sequenceNumber }) => Number(sequenceNumber));
  return { clock, asked, reader, read };
}

describe('the reader of a shard', () => {
  it('goes on by the iterator of its last answer', () => {
    const { asked, read } = readerOfNine();
    expect(read(START)).toEqual([1, 2, 3]);
    expect(read({ after: '3' })).toEqual([4, 5, 6]);
    expect(read({ after: '6' })).toEqual([7, 8, 9]);
    expect(read({ after: '9' })).toEqual([]);
    expect(read({ after: '9' })).toEqual([]);
    expect(asked).toEqual([START]);
  });

  it('goes back to where the records done end', () => {
    const { asked, read } = readerOfNine();
    read(START);
    expect(read({ after: '2' })).toEqual([3, 4, 5]);
    expect(read(START)).toEqual([1, 2, 3]);
    expect(asked).toEqual([START, { after: '2' }, START]);
  });

  it('knows the last record of the shard', () => {
    const { reader, read } = readerOfNine();
    expect(reader.wasLast(undefined)).toBe(false);
    read(START, 5);
    expect(reader.wasLast('5')).toBe(false);
    read({ after: '5' }, 5);
    expect(reader.wasLast('9')).toBe(true);
    expect(reader.wasLast('8')).toBe(false);
  });

  it('takes a long answer for one that was cut', () => {
    const { reader, read } = readerOfNine(300 * 1024);
    read(START, 2);
    read({ after: '2' }, 100);
    expect(reader.wasLast('9')).toBe(false);
    expect(read({ after: '9' })).toEqual([]);
    expect(reader.wasLast('9')).toBe(true);
  });

  it('asks for another iterator when its own is too old', () => {
    const { clock, asked, read } = readerOfNine();
    read(START);
    clock.step(5 * MINUTE_MS);
    expect(read({ after: '3' })).toEqual([4, 5, 6]);
    expect(asked).toHaveLength(1);
    clock.step(10 * MINUTE_MS + 1);
    expect(read({ after: '6' })).toEqual([7, 8, 9]);
    expect(asked).toEqual([START, { after: '6' }]);
  });
});
