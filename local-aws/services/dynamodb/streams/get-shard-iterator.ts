import { AwsError } from '../../../kernel/aws-error.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { Operation } from '../../../kernel/service.ts';
import { constraintViolation } from '../validation.ts';
import { parseSequenceNumber } from './sequence-number.ts';
import { checkShardId } from './shard.ts';
import { formatIterator } from './shard-iterator.ts';
import type { StreamCatalog } from './stream-catalog.ts';
import type { StreamStore } from './stream-store.ts';

interface GetShardIteratorInput {
  readonly StreamArn?: string;
  readonly ShardId?: string;
  readonly ShardIteratorType?: string;
  readonly SequenceNumber?: string;
}

export function getShardIterator(kernel: Kernel, catalog: StreamCatalog, records: StreamStore): Operation {
  return (input: GetShardIteratorInput) => {
    const stream = catalog.stream(input.StreamArn);
    checkShardId(stream, input.ShardId);
    const afterSequence = startingPoint(input, records);
    const iterator = { streamArn: stream.arn, afterSequence, issuedMs: kernel.clock.nowMs() };
    return { ShardIterator: formatIterator(iterator) };
  };
}

function startingPoint(input: GetShardIteratorInput, records: StreamStore): number {
  switch (input.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return records.newestSequence();
    case 'AT_SEQUENCE_NUMBER':
      return sequenceNumber(input) - 1;
    case 'AFTER_SEQUENCE_NUMBER':
      return sequenceNumber(input);
    default:
      throw constraintViolation(
        input.ShardIteratorType,
        'shardIteratorType',
        'Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]',
      );
  }
}

function sequenceNumber({ SequenceNumber, ShardIteratorType }: GetShardIteratorInput): number {
  const sequence = parseSequenceNumber(SequenceNumber);
  if (sequence !== undefined) return sequence;
  throw new AwsError(
    'ValidationException',
    `Invalid SequenceNumber for ShardIteratorType ${ShardIteratorType}: ${SequenceNumber}`,
  );
}
