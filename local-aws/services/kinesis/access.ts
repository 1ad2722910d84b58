import type { AccessRequest, AccessRule } from '../../kernel/authorization/access-request.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { parseIterator } from './shard-iterator.ts';
import type { StreamReference, Streams } from './streams.ts';

const OPERATIONS = ['PutRecord', 'PutRecords', 'DescribeStream', 'DescribeStreamSummary', 'GetShardIterator'];

/** Source: Service Authorization Reference, Amazon Kinesis Data Streams. */
export function kinesisAccess(kernel: Kernel, streams: Streams): Readonly<Record<string, AccessRule>> {
  const onStream = (operation: string, reference: StreamReference): readonly AccessRequest[] => [
    { action: `kinesis:${operation}`, resource: streams.get(reference).arn },
  ];
  const rules = OPERATIONS.map((operation): [string, AccessRule] => [
    operation,
    (input: StreamReference) => onStream(operation, input),
  ]);
  return {
    ...Object.fromEntries(rules),
    ListShards: (input: StreamReference & { readonly NextToken?: string }) =>
      // A token names its stream, and was given to one who might list it.
      input.NextToken === undefined ? onStream('ListShards', input) : [],
    GetRecords: ({ ShardIterator }) =>
      onStream('GetRecords', { StreamName: parseIterator(ShardIterator, kernel.clock.nowMs()).streamName }),
    ListStreams: () => [{ action: 'kinesis:ListStreams', resource: '*' }],
  };
}
