import type { Kernel } from '../../kernel/kernel.ts';
import type { Operation } from '../../kernel/service.ts';
import { constraintViolation, invalidArgument } from './kinesis-error.ts';
import type { RecordStore } from './record-store.ts';
import { parseSequenceNumber } from './sequence-number.ts';
import { formatIterator } from './shard-iterator.ts';
import { accountOf, type Stream, shardNumbered } from './stream.ts';
import type { StreamReference, Streams } from './streams.ts';

interface GetShardIteratorInput extends StreamReference {
  readonly ShardId?: string;
  readonly ShardIteratorType?: string;
  readonly StartingSequenceNumber?: string;
  /** Epoch seconds. */
  readonly Timestamp?: number;
}

export function getShardIterator(kernel: Kernel, streams: Streams, records: RecordStore): Operation {
  return (input: GetShardIteratorInput) => {
    const stream = streams.get(input);
    const shard = shardNumbered(stream, input.ShardId);
    const nowMs = kernel.clock.nowMs();
    const afterSequence = startingPoint(input, stream, shard, records, nowMs);
    return { ShardIterator: formatIterator({ streamName: stream.name, shard, afterSequence, issuedMs: nowMs }) };
  };
}

/** The sequence after which reading starts. */
function startingPoint(
  input: GetShardIteratorInput,
  stream: Stream,
  shard: number,
  records: RecordStore,
  nowMs: number,
): number {
  const newest = records.newestSequence(stream.id, shard);
  switch (input.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return newest;
    case 'AT_SEQUENCE_NUMBER':
      return sequenceOf(input, stream, shard) - 1;
    case 'AFTER_SEQUENCE_NUMBER':
      return sequenceOf(input, stream, shard);
    case 'AT_TIMESTAMP':
      return (records.firstSince(stream.id, shard, timestampMs(input, nowMs))?.sequence ?? newest + 1) - 1;
    default:
      throw constraintViolation(
        input.ShardIteratorType,
        'shardIteratorType',
        'Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]',
      );
  }
}

function sequenceOf({ StartingSequenceNumber: text }: GetShardIteratorInput, stream: Stream, shard: number): number {
  const sequence = parseSequenceNumber(text, shard);
  if (sequence !== undefined && sequence >= 1) return sequence;
  throw invalidArgument(
    `StartingSequenceNumber ${text} used in GetShardIterator on shard ${shard} in stream ${stream.name} under account ${accountOf(stream)} is invalid because it did not come from this stream.`,
  );
}

function timestampMs({ Timestamp }: GetShardIteratorInput, nowMs: number): number {
  if (typeof Timestamp !== 'number') {
    throw invalidArgument('Must either specify timestamp or set the ShardIteratorType to other than AT_TIMESTAMP.');
  }
  const atMs = Math.ceil(Timestamp * 1000);
  if (atMs <= nowMs) return atMs;
  throw invalidArgument(
    `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${atMs}, currentTimestampInMillis: ${nowMs}`,
  );
}
