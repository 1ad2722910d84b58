import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { STREAM_ACCESS } from './streams/access.ts';
import { describeStream } from './streams/describe-stream.ts';
import { getRecords } from './streams/get-records.ts';
import { getShardIterator } from './streams/get-shard-iterator.ts';
import { StreamCatalog } from './streams/stream-catalog.ts';
import { StreamStore } from './streams/stream-store.ts';

/**
 * DynamoDB Streams. It reads what the tables' writes have left in the store, and shares no state with the service that writes.
 *
 * Differs from AWS: a stream has one shard, which never closes; a stream that is turned off is gone at once, where AWS keeps
 * it readable for a day.
 */
export function createDynamoDbStreams(kernel: Kernel): Service {
  const catalog = new StreamCatalog(kernel.store, kernel.arn('dynamodb', 'table/'));
  const records = new StreamStore(kernel.store);
  return {
    name: 'streams.dynamodb',
    protocol: { kind: 'aws-json', version: '1.0', target: 'DynamoDBStreams_20120810' },
    access: STREAM_ACCESS,
    operations: {
      DescribeStream: describeStream(catalog),
      GetShardIterator: getShardIterator(kernel, catalog, records),
      GetRecords: getRecords(kernel, catalog, records),
    },
  };
}
