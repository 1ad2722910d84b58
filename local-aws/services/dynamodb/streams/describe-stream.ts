import type { Operation } from '../../../kernel/service.ts';
import { formatSequenceNumber } from './sequence-number.ts';
import { shardIdOf } from './shard.ts';
import type { StreamCatalog } from './stream-catalog.ts';

export function describeStream(catalog: StreamCatalog): Operation {
  return (input: { StreamArn?: string; ExclusiveStartShardId?: string }) => {
    const stream = catalog.stream(input.StreamArn);
    const shard = {
      ShardId: shardIdOf(stream),
      SequenceNumberRange: { StartingSequenceNumber: formatSequenceNumber(0) },
    };
    return {
      StreamDescription: {
        StreamArn: stream.arn,
        StreamLabel: stream.label,
        StreamStatus: 'ENABLED',
        StreamViewType: stream.viewType,
        CreationRequestDateTime: Date.parse(`${stream.label}Z`) / 1000,
        TableName: stream.table.declaration.TableName,
        KeySchema: stream.table.declaration.KeySchema,
        Shards: input.ExclusiveStartShardId === undefined ? [shard] : [],
      },
    };
  };
}
