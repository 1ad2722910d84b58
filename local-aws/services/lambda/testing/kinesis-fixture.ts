import { type FixtureOptions, type LambdaFixture, startLambdaFixture } from '../../../testing/lambda-fixture.ts';
import { createKinesis } from '../../kinesis/kinesis.service.ts';
import { createSqs } from '../../sqs/sqs.service.ts';

/** Logs the data of each batch. */
const FOLLOWER = `
exports.handler = async ({ Records }) => {
  console.log(JSON.stringify(Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString())));
};`;

export interface KinesisFixture extends LambdaFixture {
  /** Puts records, each of a shard's number and a text that is its partition key and data. */
  put(...records: readonly [shard: string, text: string][]): Promise<void>;
  /** What lies in the failure queue. */
  failures(): Promise<Record<string, unknown>[]>;
}

/** The stream `Ticks` of four shards, mapped to the function `follower` from its oldest record on. */
export async function startKinesisFixture(
  mapping: Readonly<Record<string, unknown>> = {},
  options: Partial<FixtureOptions> = {},
): Promise<KinesisFixture> {
  const fixture = await startLambdaFixture({
    services: [createKinesis, createSqs],
    functions: { follower: FOLLOWER },
    resources: {
      Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } },
      Ticks: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'Ticks', ShardCount: 4 } },
      Consumer: {
        Type: 'AWS::Kinesis::StreamConsumer',
        Properties: { ConsumerName: 'fast', StreamARN: { 'Fn::GetAtt': ['Ticks', 'Arn'] } },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Ticks', 'Arn'] },
          FunctionName: { Ref: 'follower' },
          StartingPosition: 'TRIM_HORIZON',
          ...mapping,
        },
      },
    },
    ...options,
  });
  return {
    ...fixture,
    put: async (...records) => {
      const Records = records.map(([shard, text]) => ({
        PartitionKey: text,
        ExplicitHashKey: String(BigInt(shard) * 2n ** 126n),
        Data: Buffer.from(text).toString('base64'),
      }));
      await fixture.call('kinesis', 'PutRecords', { StreamName: 'Ticks', Records });
    },
    failures: async () => {
      const QueueUrl = 'http://localhost/000000000000/failures';
      const { Messages = [] } = await fixture.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
      return (Messages as { Body: string }[]).map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
    },
  };
}
