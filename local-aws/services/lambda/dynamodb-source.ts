import type { Kernel } from '../../kernel/kernel.ts';
import type { Principal } from '../../kernel/principal.ts';
import type { ShardPosition, StreamRecord, StreamSource } from './stream-source.ts';

/** The service that reads DynamoDB streams. */
const STREAMS = 'streams.dynamodb';
/** Source: API_streams_GetRecords.html. */
const MAX_PER_READ = 1000;
/** Bounds of what a record takes in an event: its attributes with their types, and what surrounds them. */
const JSON_BYTES_A_BYTE = 8;
const FRAME_BYTES = 1000;

interface DynamoDbRecord {
  readonly dynamodb: {
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    /** Epoch seconds, whole. */
    readonly ApproximateCreationDateTime: number;
    readonly SizeBytes: number;
  };
}

export class DynamoDbSource implements StreamSource {
  readonly streamArn: string;
  readonly batchInfoName = 'DDBStreamBatchInfo';
  readonly #kernel: Kernel;
  readonly #principal: Principal;

  constructor(kernel: Kernel, streamArn: string, principal: Principal) {
    this.streamArn = streamArn;
    this.#kernel = kernel;
    this.#principal = principal;
  }

  shardIds(): readonly string[] {
    const { StreamDescription } = this.#call('DescribeStream', { StreamArn: this.streamArn }) as {
      StreamDescription: { Shards: { ShardId: string }[] };
    };
    return StreamDescription.Shards.map((shard) => shard.ShardId);
  }

  signalOf(): string {
    return this.streamArn;
  }

  read(ShardId: string, position: ShardPosition, limit: number): readonly StreamRecord[] {
    // A stream's LATEST moves while nobody reads: the mapping reads from the oldest, and leaves out what is older than itself.
    const from =
      'after' in position
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position.after }
        : { ShardIteratorType: 'TRIM_HORIZON' };
    const iterator = this.#call('GetShardIterator', { StreamArn: this.streamArn, ShardId, ...from });
    const Limit = Math.min(limit, MAX_PER_READ);
    const { Records } = this.#call('GetRecords', { ...(iterator as object), Limit }) as { Records: DynamoDbRecord[] };
    return Records.map((record) => ({
      sequenceNumber: record.dynamodb.SequenceNumber,
      arrivedMs: record.dynamodb.ApproximateCreationDateTime * 1000,
      partitionKey: JSON.stringify(record.dynamodb.Keys),
      eventBytes: record.dynamodb.SizeBytes * JSON_BYTES_A_BYTE + FRAME_BYTES,
      event: { ...record, eventSourceARN: this.streamArn },
    }));
  }

  filtered(record: StreamRecord): unknown {
    return record.event;
  }

  #call(operation: string, input: object): unknown {
    return this.#kernel.call(STREAMS, operation, input, this.#principal);
  }
}
