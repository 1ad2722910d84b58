import type { Operation } from '../../kernel/service.ts';
import { integerWithin, invalidArgument } from './kinesis-error.ts';
import { formatSequenceNumber } from './sequence-number.ts';
import { encryptionOf, MAX_SHARDS, type Stream, shardIdOf, shardNumbered } from './stream.ts';
import type { Consumers } from './stream-consumers.ts';
import type { StreamReference, Streams } from './streams.ts';

/** Source: API_DescribeStream.html and API_ListShards.html. */
const DEFAULT_SHARDS_DESCRIBED = 100;
const DEFAULT_SHARDS_LISTED = 1000;

interface DescribeStreamInput extends StreamReference {
  readonly Limit?: number;
  readonly ExclusiveStartShardId?: string;
}

export function describeStream(streams: Streams): Operation {
  return (input: DescribeStreamInput) => {
    const stream = streams.get(input);
    const limit = integerWithin(input.Limit, 'limit', 1, MAX_SHARDS, DEFAULT_SHARDS_DESCRIBED);
    const first = firstShard(stream, input.ExclusiveStartShardId);
    const StreamDescription = {
      ...outline(stream),
      Shards: shardsOf(stream).slice(first, first + limit),
      HasMoreShards: first + limit < stream.shardCount,
    };
    return { StreamDescription };
  };
}

export function describeStreamSummary(streams: Streams, consumers: Consumers): Operation {
  return (input: StreamReference) => {
    const stream = streams.get(input);
    const ConsumerCount = consumers.countOf(stream.arn);
    return { StreamDescriptionSummary: { ...outline(stream), OpenShardCount: stream.shardCount, ConsumerCount } };
  };
}

interface ListShardsInput extends StreamReference {
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly ExclusiveStartShardId?: string;
  /** No shard ever closes: whatever is asked for, but for a start after a shard, gives all. */
  readonly ShardFilter?: { readonly Type?: string; readonly ShardId?: string };
}

export function listShards(streams: Streams): Operation {
  return ({ NextToken, ...input }: ListShardsInput) => {
    const [tokenStream, tokenFirst] = NextToken?.split('|') ?? [];
    if (NextToken !== undefined && (tokenFirst === undefined || input.StreamName || input.StreamARN)) {
      throw invalidArgument('NextToken and StreamName cannot be provided together.');
    }
    const stream = streams.get(tokenStream === undefined ? input : { StreamName: tokenStream });
    const limit = integerWithin(input.MaxResults, 'maxResults', 1, MAX_SHARDS, DEFAULT_SHARDS_LISTED);
    const after = input.ExclusiveStartShardId ?? input.ShardFilter?.ShardId;
    const first = tokenFirst === undefined ? firstShard(stream, after) : Number(tokenFirst);
    const next = first + limit;
    return {
      Shards: shardsOf(stream).slice(first, next),
      ...(next < stream.shardCount && { NextToken: `${stream.name}|${next}` }),
    };
  };
}

function firstShard(stream: Stream, exclusiveStart: string | undefined): number {
  return exclusiveStart === undefined ? 0 : shardNumbered(stream, exclusiveStart) + 1;
}

function shardsOf(stream: Stream): readonly object[] {
  return stream.hashRanges.ranges.map((HashKeyRange, shard) => ({
    ShardId: shardIdOf(shard),
    HashKeyRange,
    SequenceNumberRange: { StartingSequenceNumber: formatSequenceNumber(0, shard) },
  }));
}

function outline(stream: Stream): object {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: stream.createdMs / 1000,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    ...encryptionOf(stream),
  };
}
