import { constraintViolation, invalidArgument } from './kinesis-error.ts';
import { type Stream, shardIdOf } from './stream.ts';

/** Source: API_PutRecord.html: data and partition key together, of a stream whose template does not raise it. */
const MAX_RECORD_BYTES = 1024 * 1024;
const MAX_PARTITION_KEY_CHARACTERS = 256;

export interface RecordEntry {
  /** Base64. */
  readonly Data?: string;
  readonly PartitionKey?: string;
  readonly ExplicitHashKey?: string;
}

/** A record that may be written, and where. */
export interface CheckedRecord {
  readonly shard: number;
  readonly partitionKey: string;
  readonly data: string;
  readonly sizeBytes: number;
}

/** @param path member of the request that holds the record, with a dot at its end; empty for PutRecord */
export function checkRecord(stream: Stream, entry: RecordEntry, path: string): CheckedRecord {
  const { Data: data, PartitionKey: partitionKey, ExplicitHashKey } = entry;
  if (
    typeof partitionKey !== 'string' ||
    partitionKey.length === 0 ||
    partitionKey.length > MAX_PARTITION_KEY_CHARACTERS
  ) {
    const constraint = `Member must have length between 1 and ${MAX_PARTITION_KEY_CHARACTERS}`;
    throw constraintViolation(partitionKey, `${path}partitionKey`, constraint);
  }
  if (typeof data !== 'string') throw constraintViolation(data, `${path}data`, 'Member must not be null');
  if (data.length % 4 !== 0 || !BASE64.test(data)) {
    throw constraintViolation(data.slice(0, 40), `${path}data`, 'Member must be base64');
  }
  const sizeBytes = Buffer.byteLength(data, 'base64') + Buffer.byteLength(partitionKey);
  if (sizeBytes > MAX_RECORD_BYTES) {
    const constraint = `Member must have length less than or equal to ${MAX_RECORD_BYTES}`;
    throw constraintViolation(`(${sizeBytes} bytes)`, `${path}data`, constraint);
  }
  return { shard: shardFor(stream, partitionKey, ExplicitHashKey), partitionKey, data, sizeBytes };
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

function shardFor(stream: Stream, partitionKey: string, explicitHashKey: string | undefined): number {
  if (explicitHashKey === undefined) return stream.hashRanges.shardOf(partitionKey);
  const shard = stream.hashRanges.shardOfHashKey(explicitHashKey);
  if (shard !== undefined) return shard;
  throw invalidArgument(
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${explicitHashKey}`,
  );
}

/** Source: API_PutRecords.html, the example of a partial failure. */
export function rateExceeded(stream: Stream, shard: number, accountId: string): string {
  return `Rate exceeded for shard ${shardIdOf(shard)} in stream ${stream.name} under account ${accountId}.`;
}
