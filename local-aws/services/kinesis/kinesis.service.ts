import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { kinesisAccess } from './access.ts';
import { describeStream, describeStreamSummary, listShards } from './describe-stream.ts';
import { type KinesisFaults, noKinesisFaults } from './faults.ts';
import { getRecords } from './get-records.ts';
import { getShardIterator } from './get-shard-iterator.ts';
import { listStreams } from './list-streams.ts';
import { Producer } from './put-records.ts';
import { RecordStore } from './record-store.ts';
import { Retention } from './retention.ts';
import { streamResource } from './stream.resource.ts';
import { streamConsumerResource } from './stream-consumer.resource.ts';
import { Consumers } from './stream-consumers.ts';
import { Streams } from './streams.ts';

/** Kinesis Data Streams, from the template alone: shards are never split or merged. A shard's arrivals raise `<stream ARN>:<shard id>`. */
export function createKinesis(kernel: Kernel, options: { readonly faults?: KinesisFaults } = {}): Service {
  const streams = new Streams(kernel);
  const consumers = new Consumers(kernel);
  const records = new RecordStore(kernel.store);
  const retention = new Retention(kernel, streams, records);
  const producer = new Producer(kernel, streams, records, retention, options.faults ?? noKinesisFaults());
  return {
    name: 'kinesis',
    protocol: { kind: 'aws-json', version: '1.1', target: 'Kinesis_20131202' },
    operations: {
      PutRecord: producer.putRecord,
      PutRecords: producer.putRecords,
      DescribeStream: describeStream(streams),
      DescribeStreamSummary: describeStreamSummary(streams, consumers),
      ListStreams: listStreams(streams),
      ListShards: listShards(streams),
      GetShardIterator: getShardIterator(kernel, streams, records),
      GetRecords: getRecords(kernel, streams, records),
    },
    access: kinesisAccess(kernel, streams),
    resources: {
      'AWS::Kinesis::Stream': streamResource(streams),
      'AWS::Kinesis::StreamConsumer': streamConsumerResource(streams, consumers),
    },
    start: () => retention.start(),
  };
}
