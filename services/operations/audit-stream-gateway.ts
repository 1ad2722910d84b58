import {
  type _Record,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import * as z from 'zod';
import { type AuditRecord, auditRecord } from './audit-record.ts';

/**
 * What Lambda sends to the failure destination of a stream: not the records but where they are.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
const GivenUpBatch = z.object({
  DDBStreamBatchInfo: z.object({
    streamArn: z.string(),
    shardId: z.string(),
    startSequenceNumber: z.string().regex(/^\d+$/),
    endSequenceNumber: z.string().regex(/^\d+$/),
  }),
});

/** Consecutive records of one shard, both ends included. */
export type StreamRange = z.infer<typeof GivenUpBatch>['DDBStreamBatchInfo'];

/** Answers all records of the range; throws when the stream has lost any: it keeps them for 24 hours. */
export type ReadStreamRange = (range: StreamRange) => Promise<readonly AuditRecord[]>;

export function parseGivenUpBatch(text: string): StreamRange {
  return GivenUpBatch.parse(JSON.parse(text)).DDBStreamBatchInfo;
}

/** A page may be empty and yet not the last, and a batch is at most 10,000 records. */
const MAX_PAGES = 50;

export function createStreamRangeReader(client: Pick<DynamoDBStreamsClient, 'send'>): ReadStreamRange {
  return async ({ streamArn, shardId, startSequenceNumber, endSequenceNumber }) => {
    const start = { SequenceNumber: startSequenceNumber, ShardIteratorType: 'AT_SEQUENCE_NUMBER' } as const;
    const place = await client.send(new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...start }));
    const records: _Record[] = [];
    let iterator = place.ShardIterator;
    for (let page = 0; iterator && page < MAX_PAGES; page += 1) {
      const answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      records.push(...(answer.Records ?? []));
      const end = records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === endSequenceNumber);
      if (end >= 0) return fromStart(records.slice(0, end + 1).map(auditRecord), startSequenceNumber);
      iterator = answer.NextShardIterator;
    }
    throw new Error(`record ${endSequenceNumber} is not in the stream`);
  };
}

function fromStart(records: readonly AuditRecord[], startSequenceNumber: string): readonly AuditRecord[] {
  if (records[0]?.sequenceNumber === startSequenceNumber) return records;
  throw new Error(`record ${startSequenceNumber} is no longer in the stream`);
}
