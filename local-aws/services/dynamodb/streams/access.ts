import type { AccessRule } from '../../../kernel/authorization/access-request.ts';

/** A stream's actions are DynamoDB's own. Its iterators begin with the ARN of their stream. */
export const STREAM_ACCESS: Readonly<Record<string, AccessRule>> = {
  DescribeStream: ({ StreamArn }) => [{ action: 'dynamodb:DescribeStream', resource: String(StreamArn) }],
  GetShardIterator: ({ StreamArn }) => [{ action: 'dynamodb:GetShardIterator', resource: String(StreamArn) }],
  GetRecords: ({ ShardIterator }) => [
    { action: 'dynamodb:GetRecords', resource: String(ShardIterator).split('|', 1)[0] as string },
  ],
};
