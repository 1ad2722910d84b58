/** A record of a stream, and what following it takes to know of it. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly arrivedMs: number;
  /** Records of one key stay in order. */
  readonly partitionKey: string;
  /** Bound of what it takes in an event. */
  readonly eventBytes: number;
  /** As the function gets it. */
  readonly event: object;
}

/** Where reading a shard starts: after a record, or at the mapping's own start, which is its oldest record or an instant. */
export type ShardPosition =
  | { readonly after: string }
  | { readonly startingPosition: 'TRIM_HORIZON' | 'LATEST'; readonly mappedMs: number };

/** One kind of stream, as the service that owns it gives its records. */
export interface StreamSource {
  readonly streamArn: string;
  /** Member of a failure's metadata that tells where the records are. */
  readonly batchInfoName: 'DDBStreamBatchInfo' | 'KinesisBatchInfo';
  shardIds(): readonly string[];
  /** What is raised when something arrives in the shard. */
  signalOf(shardId: string): string;
  /** The next records of a shard; none at its tip. */
  read(shardId: string, position: ShardPosition, limit: number): readonly StreamRecord[];
  /** What the mapping's filter patterns are held against. */
  filtered(record: StreamRecord): unknown;
}
