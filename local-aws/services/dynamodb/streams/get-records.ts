import type { Kernel } from '../../../kernel/kernel.ts';
import type { Operation } from '../../../kernel/service.ts';
import { constraintViolation } from '../validation.ts';
import { KeptRecord } from './kept-record.ts';
import { formatSequenceNumber } from './sequence-number.ts';
import { formatIterator, parseIterator } from './shard-iterator.ts';
import type { StreamCatalog } from './stream-catalog.ts';
import type { StreamRecordRow, StreamStore } from './stream-store.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html */
const MAX_RECORDS = 1000;
const MAX_BYTES = 1024 * 1024;

/**
 * Differs from AWS: records past their retention are skipped in silence, where AWS answers TrimmedDataAccessException for
 * a few hours' grace and a reader starts again at the horizon; the effect is the same.
 */
export function getRecords(kernel: Kernel, catalog: StreamCatalog, records: StreamStore): Operation {
  return (input: { ShardIterator?: string; Limit?: number }) => {
    const nowMs = kernel.clock.nowMs();
    const limit = input.Limit ?? MAX_RECORDS;
    if (limit < 1 || limit > MAX_RECORDS) {
      throw constraintViolation(limit, 'limit', `Member must have value less than or equal to ${MAX_RECORDS}`);
    }
    const iterator = parseIterator(input.ShardIterator, nowMs);
    const stream = catalog.stream(iterator.streamArn);
    const rows = upToMaxBytes(records.after(stream.id, iterator.afterSequence, nowMs, limit));
    const afterSequence = rows.at(-1)?.sequence ?? iterator.afterSequence;
    return {
      Records: rows.map(keptRecord),
      NextShardIterator: formatIterator({ streamArn: stream.arn, afterSequence, issuedMs: nowMs }),
    };
  };
}

function keptRecord({ sequence, created_ms, record }: StreamRecordRow): KeptRecord {
  return new KeptRecord(formatSequenceNumber(sequence), created_ms, record);
}

function upToMaxBytes(rows: readonly StreamRecordRow[]): readonly StreamRecordRow[] {
  let sizeBytes = 0;
  const end = rows.findIndex((row, index) => {
    sizeBytes += row.record.length;
    return sizeBytes > MAX_BYTES && index > 0;
  });
  return end === -1 ? rows : rows.slice(0, end);
}
