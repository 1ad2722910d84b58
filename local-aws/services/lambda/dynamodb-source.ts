import type { Kernel } from '../../kernel/kernel.ts';
import type { Principal } from '../../kernel/principal.ts';
import type { ShardPosition, StreamAnswer, StreamRecord, StreamSource } from './stream-source.ts';

/** The service that reads DynamoDB streams. */
const STREAMS = 'streams.dynamodb';
/** Source: API_streams_GetRecords.html. */
const MAX_PER_READ = 1000;

/** A record as a reader within the process gets it: AWS's is its text. */
interface DynamoDbRecord {
  readonly sequenceNumber: string;
  readonly createdMs: number;
  readonly json: string;
}

export class DynamoDbSource implements StreamSource {
  readonly streamArn: string;
  readonly batchInfoName = 'DDBStreamBatchInfo';
  readonly #kernel: Kernel;
  readonly #principal: Principal;
  /** What the event has after the record's own members. */
  readonly #source: string;

  constructor(kernel: Kernel, streamArn: string, principal: Principal) {
    this.streamArn = streamArn;
    this.#kernel = kernel;
    this.#principal = principal;
    this.#source = `,"eventSourceARN":${JSON.stringify(streamArn)}}`;
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

  iteratorAt(ShardId: string, position: ShardPosition): string {
    // A stream's LATEST moves while nobody reads: the mapping reads from the oldest, and leaves out what is older than itself.
    const from =
      'after' in position
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position.after }
        : { ShardIteratorType: 'TRIM_HORIZON' };
    const input = { StreamArn: this.streamArn, ShardId, ...from };
    return (this.#call('GetShardIterator', input) as { ShardIterator: string }).ShardIterator;
  }

  read(_shardId: string, ShardIterator: string, limit: number): StreamAnswer {
    const input = { ShardIterator, Limit: Math.min(limit, MAX_PER_READ) };
    const { Records, NextShardIterator } = this.#call('GetRecords', input) as {
      Records: DynamoDbRecord[];
      NextShardIterator: string;
    };
    const records = Records.map(({ sequenceNumber, createdMs, json }) => ({
      sequenceNumber,
      // The API tells whole seconds.
      arrivedMs: Math.floor(createdMs / 1000) * 1000,
      event: json.slice(0, -1) + this.#source,
    }));
    return { records, nextIterator: NextShardIterator };
  }

  partitionKeyOf({ event }: StreamRecord): string {
    return JSON.stringify((JSON.parse(event) as { dynamodb: { Keys: object } }).dynamodb.Keys);
  }

  filtered({ event }: StreamRecord): unknown {
    return JSON.parse(event);
  }

  #call(operation: string, input: object): unknown {
    return this.#kernel.call(STREAMS, operation, input, this.#principal);
  }
}
