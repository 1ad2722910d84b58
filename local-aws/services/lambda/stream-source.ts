/** A record of a stream, and what following it takes to know of it. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly arrivedMs: number;
  /** JSON, as the function gets it. */
  readonly event: string;
}

/** Where reading a shard starts: after a record, or at the mapping's own start, which is its oldest record or an instant. */
export type ShardPosition =
  | { readonly after: string }
  | { readonly startingPosition: 'TRIM_HORIZON' | 'LATEST'; readonly mappedMs: number };

export interface StreamAnswer {
  readonly records: readonly StreamRecord[];
  readonly nextIterator: string;
}

/** One kind of stream, as the service that owns it gives its records. */
export interface StreamSource {
  readonly streamArn: string;
  /** Member of a failure's metadata that tells where the records are. */
  readonly batchInfoName: 'DDBStreamBatchInfo' | 'KinesisBatchInfo';
  shardIds(): readonly string[];
  /** What is raised when something arrives in the shard. */
  signalOf(shardId: string): string;
  /** Reading begins with an iterator, and goes on with the one of the last answer. */
  iteratorAt(shardId: string, position: ShardPosition): string;
  /** The next records of a shard; none at its tip. */
  read(shardId: string, iterator: string, limit: number): StreamAnswer;
  /** Records of one key stay in order. */
  partitionKeyOf(record: StreamRecord): string;
  /** What the mapping's filter patterns are held against. */
  filtered(record: StreamRecord): unknown;
}
