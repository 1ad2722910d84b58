import { AwsError } from '../../../kernel/aws-error.ts';
import type { Stream } from './stream-catalog.ts';

/** The only shard of a stream. AWS's ids are `shardId-` and two numbers, too. */
export function shardIdOf(stream: Stream): string {
  return `shardId-${String(stream.id).padStart(20, '0')}-00000001`;
}

export function checkShardId(stream: Stream, shardId: unknown): void {
  if (shardId === shardIdOf(stream)) return;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Shard: ${shardId} not found`);
}
