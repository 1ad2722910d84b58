import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import { type Pause, retryDelayMs, sleep } from './pause.ts';

/** Records of one key keep their order, as far as none of them is refused and put again. */
export interface DataRecord {
  readonly partitionKey: string;
  readonly body: object;
}

/** One Kinesis stream that this function writes to. */
export interface DataStream {
  /** Up to 500 records; bodies become JSON. Throws when Kinesis goes on refusing some: any of the others may be in the stream then. */
  putAll(records: readonly DataRecord[]): Promise<void>;
}

/** A throttled shard takes records again within its second. */
const MAX_ATTEMPTS = 8;

/** PutRecords succeeds in part: what it refused is put again, and nothing else. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
export function createDataStream(client: KinesisClient, streamName: string, pause: Pause = sleep): DataStream {
  return {
    async putAll(records) {
      let entries: PutRecordsRequestEntry[] = records.map(({ partitionKey, body }) => ({
        PartitionKey: partitionKey,
        Data: Buffer.from(JSON.stringify(body)),
      }));
      for (let attempt = 1; entries.length > 0; attempt += 1) {
        if (attempt > 1) await pause(retryDelayMs(attempt));
        const answer = await client.send(new PutRecordsCommand({ StreamName: streamName, Records: entries }));
        const results = answer.Records ?? [];
        const refused = entries.filter((_entry, index) => results[index]?.ErrorCode !== undefined);
        if (refused.length > 0 && attempt === MAX_ATTEMPTS) {
          const { ErrorCode: code } = results.find(({ ErrorCode }) => ErrorCode) ?? {};
          throw new Error(`Kinesis refused ${refused.length} records ${MAX_ATTEMPTS} times: ${code}`);
        }
        entries = refused;
      }
    },
  };
}
