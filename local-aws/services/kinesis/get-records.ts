import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Call, Operation } from '../../kernel/service.ts';
import { integerWithin } from './kinesis-error.ts';
import { rateExceeded } from './record-entry.ts';
import type { RecordStore, StoredRecord } from './record-store.ts';
import { formatSequenceNumber } from './sequence-number.ts';
import { formatIterator, parseIterator } from './shard-iterator.ts';
import { READ_ALLOWANCE, ShardLimits } from './shard-limits.ts';
import { encryptionOf } from './stream.ts';
import type { Streams } from './streams.ts';

/** Source: API_GetRecords.html. */
const MAX_RECORDS = 10_000;
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * Differs from AWS: Lambda's own polls are not held to the shard's read limits. There they come once a second and share five calls a second with every
 * other reader, or have a consumer's own throughput; here they come as soon as something arrives.
 */
export function getRecords(kernel: Kernel, streams: Streams, records: RecordStore): Operation {
  const limits = new ShardLimits(kernel.clock, READ_ALLOWANCE);
  return (input: { ShardIterator?: string; Limit?: number }, call: Call) => {
    const nowMs = kernel.clock.nowMs();
    const limit = integerWithin(input.Limit, 'limit', 1, MAX_RECORDS, MAX_RECORDS);
    const { streamName, shard, afterSequence } = parseIterator(input.ShardIterator, nowMs);
    const stream = streams.get({ StreamName: streamName });
    const isLimited = call.principal.kind !== 'service';
    if (isLimited && !limits.take(stream.id, shard, 0)) {
      const message = rateExceeded(stream, shard, kernel.accountId);
      throw new AwsError('ProvisionedThroughputExceededException', message);
    }
    const { rows, sizeBytes } = upToMaxBytes(records.after(stream, shard, afterSequence, nowMs, limit));
    if (isLimited) limits.charge(stream.id, shard, sizeBytes);
    const readUpTo = rows.at(-1)?.sequence ?? afterSequence;
    const isAtTip = rows.length === 0 || readUpTo >= records.newestSequence(stream.id, shard);
    const { EncryptionType } = encryptionOf(stream);
    return {
      Records: rows.map((row) => wireRecord(shard, row, EncryptionType)),
      NextShardIterator: formatIterator({ streamName, shard, afterSequence: readUpTo, issuedMs: nowMs }),
      MillisBehindLatest: isAtTip ? 0 : nowMs - (rows.at(-1) as StoredRecord).arrived_ms,
    };
  };
}

function wireRecord(shard: number, row: StoredRecord, EncryptionType: 'KMS' | 'NONE'): object {
  return {
    SequenceNumber: formatSequenceNumber(row.sequence, shard),
    ApproximateArrivalTimestamp: row.arrived_ms / 1000,
    Data: row.data,
    PartitionKey: row.partition_key,
    EncryptionType,
  };
}

function upToMaxBytes(rows: readonly StoredRecord[]): { rows: readonly StoredRecord[]; sizeBytes: number } {
  let sizeBytes = 0;
  for (const [index, row] of rows.entries()) {
    const rowBytes = Buffer.byteLength(row.data, 'base64') + row.partition_key.length;
    if (sizeBytes + rowBytes > MAX_BYTES) return { rows: rows.slice(0, index), sizeBytes };
    sizeBytes += rowBytes;
  }
  return { rows, sizeBytes };
}
