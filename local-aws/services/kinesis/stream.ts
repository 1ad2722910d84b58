import type { HashRanges } from './hash-ranges.ts';
import { notFound } from './kinesis-error.ts';

/** A stream as the template has it. Its shards are numbered from 0 and never close. */
export interface Stream {
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly shardCount: number;
  readonly retentionHours: number;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  /** Key of KMS; undefined: no encryption. */
  readonly keyId: string | undefined;
  readonly createdMs: number;
  readonly hashRanges: HashRanges;
}

/** Source: API_CreateStream.html. */
export const MAX_SHARDS = 10_000;

/** One number for a shard among those of all streams. */
export function shardKey(streamId: number, shard: number): number {
  return streamId * MAX_SHARDS + shard;
}

export function shardIdOf(shard: number): string {
  return `shardId-${String(shard).padStart(12, '0')}`;
}

/** What is raised when records arrive in a shard, for those that poll it. */
export function shardSignal(streamArn: string, shardId: string): string {
  return `${streamArn}:${shardId}`;
}

export function shardNumbered(stream: Stream, shardId: unknown): number {
  const shard = typeof shardId === 'string' && /^shardId-\d{12}$/.test(shardId) ? Number(shardId.slice(8)) : -1;
  if (shard >= 0 && shard < stream.shardCount) return shard;
  throw notFound(`Shard ${shardId} in stream ${stream.name} under account ${accountOf(stream)} does not exist`);
}

export function accountOf(stream: Stream): string {
  return stream.arn.split(':')[4] as string;
}

export function encryptionOf({ keyId }: Stream): { EncryptionType: 'KMS' | 'NONE'; KeyId?: string } {
  return keyId === undefined ? { EncryptionType: 'NONE' } : { EncryptionType: 'KMS', KeyId: keyId };
}
