import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type FixtureOptions, type LambdaFixture, startLambdaFixture } from '../../testing/lambda-fixture.ts';
import { createDynamoDb } from '../dynamodb/dynamodb.service.ts';
import { createDynamoDbStreams } from '../dynamodb/dynamodb-streams.service.ts';
import { createSqs } from '../sqs/sqs.service.ts';

/** Logs the ids of each batch; throws when one of them is poison. */
const FOLLOWER = `
exports.handler = async ({ Records }) => {
  const ids = Records.map(({ dynamodb }) => dynamodb.NewImage.id.S);
  console.log(JSON.stringify(ids));
  if (ids.includes('poison')) throw new Error('poison');
};`;
const REPORTER = `
exports.handler = async ({ Records }) => {
  console.log(JSON.stringify(Records.map(({ dynamodb }) => dynamodb.NewImage.id.S)));
  const poison = Records.filter(({ dynamodb }) => dynamodb.NewImage.id.S === 'poison');
  return { batchItemFailures: poison.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};`;

let fixture: LambdaFixture;
afterEach(() => fixture.close());

async function start(mapping: object = {}, options: Partial<FixtureOptions> = {}): Promise<void> {
  fixture = await startLambdaFixture({
    services: [createDynamoDb, createDynamoDbStreams, createSqs],
    functions: { follower: FOLLOWER },
    resources: {
      Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } },
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'Audit',
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
          FunctionName: { Ref: 'follower' },
          StartingPosition: 'TRIM_HORIZON',
          ...mapping,
        },
      },
    },
    ...options,
  });
}

async function put(...ids: string[]): Promise<void> {
  for (const id of ids) await fixture.call('dynamodb', 'PutItem', { TableName: 'Audit', Item: { id: { S: id } } });
}

it('delivers records in order, those of one turn together', async () => {
  await start();
  await put('a', 'b', 'c');
  await fixture.idle();
  await put('d');
  await fixture.idle();
  expect(fixture.logged).toEqual([['a', 'b', 'c'], ['d']]);
});

it('waits for the batching window', async () => {
  await start({ MaximumBatchingWindowInSeconds: 1 });
  await put('a');
  await fixture.advance(500);
  await put('b');
  expect(fixture.logged).toEqual([]);
  await fixture.advance(500);
  expect(fixture.logged).toEqual([['a', 'b']]);
});

it('isolates a poison record by halving, and hands its place to the failure destination', async () => {
  await start({
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 3,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
  });
  await put('a', 'b', 'poison', 'c');
  await fixture.advance(60_000);
  await put('d');
  await fixture.idle();
  const delivered = fixture.logged as string[][];
  expect(delivered.at(-1)).toEqual(['d']);
  for (const id of ['a', 'b', 'c']) expect(delivered).toContainEqual(expect.arrayContaining([id]));
  const { Messages } = await fixture.call('sqs', 'ReceiveMessage', {
    QueueUrl: 'http://localhost/000000000000/failures',
  });
  const record = JSON.parse((Messages as { Body: string }[])[0]?.Body ?? '{}');
  expect(record).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted' },
    DDBStreamBatchInfo: { batchSize: 1 },
  });
});

it('starts again at the lowest reported failure', async () => {
  await start(
    { FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRetryAttempts: 1 },
    { functions: { follower: REPORTER } },
  );
  await put('a', 'poison', 'b');
  await fixture.advance(10_000);
  expect(fixture.logged).toEqual([
    ['a', 'poison', 'b'],
    ['poison', 'b'],
  ]);
});

it('goes on after a restart where it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stream-'));
  const path = join(folder, 'stack.db');
  await start({}, { path });
  await put('a');
  await fixture.idle();
  await fixture.close();
  await start({}, { path });
  await put('b');
  await fixture.idle();
  expect(fixture.logged).toEqual([['b']]);
  rmSync(folder, { recursive: true });
});
