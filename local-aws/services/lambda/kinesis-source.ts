import type { Kernel } from '../../kernel/kernel.ts';
import type { Principal } from '../../kernel/principal.ts';
import type { ShardPosition, StreamAnswer, StreamRecord, StreamSource } from './stream-source.ts';

interface KinesisRecord {
  readonly SequenceNumber: string;
  /** Epoch seconds. */
  readonly ApproximateArrivalTimestamp: number;
  readonly Data: string;
  readonly PartitionKey: string;
}

interface KinesisEvent {
  readonly kinesis: { readonly partitionKey: string; readonly data: string };
}

/** A Kinesis stream, or a consumer of one with enhanced fan-out, which reads the same records. */
export class KinesisSource implements StreamSource {
  readonly streamArn: string;
  readonly batchInfoName = 'KinesisBatchInfo';
  readonly #kernel: Kernel;
  readonly #principal: Principal;
  readonly #frame: object;

  /** @param sourceArn of the stream or the consumer */
  constructor(kernel: Kernel, sourceArn: string, principal: Principal, roleArn: string) {
    this.streamArn = sourceArn.split('/consumer/')[0] as string;
    this.#kernel = kernel;
    this.#principal = principal;
    this.#frame = {
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: roleArn,
      awsRegion: kernel.region,
      eventSourceARN: sourceArn,
    };
  }

  shardIds(): readonly string[] {
    const { Shards } = this.#call('ListShards', { StreamARN: this.streamArn, MaxResults: 10_000 }) as {
      Shards: { ShardId: string }[];
    };
    return Shards.map((shard) => shard.ShardId);
  }

  signalOf(shardId: string): string {
    return `${this.streamArn}:${shardId}`;
  }

  iteratorAt(ShardId: string, position: ShardPosition): string {
    const input = { StreamARN: this.streamArn, ShardId, ...iteratorFrom(position) };
    return (this.#call('GetShardIterator', input) as { ShardIterator: string }).ShardIterator;
  }

  read(shardId: string, ShardIterator: string, Limit: number): StreamAnswer {
    const { Records, NextShardIterator } = this.#call('GetRecords', { ShardIterator, Limit }) as {
      Records: KinesisRecord[];
      NextShardIterator: string;
    };
    const records = Records.map((record) => ({
      sequenceNumber: record.SequenceNumber,
      arrivedMs: Math.round(record.ApproximateArrivalTimestamp * 1000),
      event: JSON.stringify(this.#eventOf(shardId, record)),
    }));
    return { records, nextIterator: NextShardIterator };
  }

  partitionKeyOf({ event }: StreamRecord): string {
    return (JSON.parse(event) as KinesisEvent).kinesis.partitionKey;
  }

  /** The record's metadata, and its data where that is JSON. */
  filtered(record: StreamRecord): unknown {
    const { kinesis } = JSON.parse(record.event) as KinesisEvent;
    try {
      return { ...kinesis, data: JSON.parse(Buffer.from(kinesis.data, 'base64').toString('utf8')) as unknown };
    } catch {
      // Data that is not JSON is matched as the text it is.
      return { ...kinesis, data: Buffer.from(kinesis.data, 'base64').toString('utf8') };
    }
  }

  #eventOf(shardId: string, record: KinesisRecord): object {
    return {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: record.PartitionKey,
        sequenceNumber: record.SequenceNumber,
        data: record.Data,
        approximateArrivalTimestamp: record.ApproximateArrivalTimestamp,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shardId}:${record.SequenceNumber}`,
      ...this.#frame,
    };
  }

  #call(operation: string, input: object): unknown {
    return this.#kernel.call('kinesis', operation, input, this.#principal);
  }
}

function iteratorFrom(position: ShardPosition): object {
  if ('after' in position) {
    return { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: position.after };
  }
  // LATEST moves while nobody reads: what matters is the instant at which the mapping began.
  return position.startingPosition === 'LATEST'
    ? { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: position.mappedMs / 1000 }
    : { ShardIteratorType: 'TRIM_HORIZON' };
}
