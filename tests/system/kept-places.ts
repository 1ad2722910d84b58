import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Place } from './needle-search.ts';
import type { SystemStack } from './stack.ts';

/** Foreign systems' own books: the bank knows by CPF who pays, and both know the secrets that they share with us. */
const FOREIGN_FILES = /^(exchange|bank)\./;
const STATE = 'aws.db';

/** Everything that the brokerage keeps, as whoever holds its disk, or its administrator's key, may read it. */
export async function keptPlaces({ addresses, dynamodb, s3, sqs }: SystemStack): Promise<readonly Place[]> {
  const meter = await fetch(`http://127.0.0.1:${addresses.awsPort}/_local/meter`);
  const answered = [
    ...(await tableItems(dynamodb)),
    ...(await objects(s3)),
    ...(await messages(sqs)),
    { name: 'the meter', bytes: Buffer.from(await meter.arrayBuffer()) },
  ];
  return [...files(addresses.dataDir), stateRows(addresses.dataDir), ...answered];
}

function files(dataDir: string): Place[] {
  return readdirSync(dataDir)
    .filter((name) => !FOREIGN_FILES.test(name))
    .map((name) => ({ name: `file ${name}`, bytes: readFileSync(join(dataDir, name)) }));
}

/** Every value of every table of the state: in the file a long one is cut into pages. The running stack lets nobody else open it. */
function stateRows(dataDir: string): Place {
  const copies = mkdtempSync(join(tmpdir(), 'brokerage-copy-'));
  try {
    for (const name of [STATE, `${STATE}-wal`]) {
      if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(copies, name));
    }
    const database = new DatabaseSync(join(copies, STATE));
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const rows = tables.flatMap(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all());
    database.close();
    return { name: 'rows of the state', bytes: Buffer.concat(rows.flatMap((row) => Object.values(row).map(bytesOf))) };
  } finally {
    rmSync(copies, { recursive: true });
  }
}

function bytesOf(value: unknown): Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(`${String(value)}\n`);
}

async function tableItems(client: DynamoDBClient): Promise<Place[]> {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  return Promise.all(
    TableNames.map(async (TableName) => {
      const items: unknown[] = [];
      for await (const { Items = [] } of paginateScan({ client }, { TableName })) items.push(...Items);
      return { name: `table ${TableName}`, bytes: Buffer.from(JSON.stringify(items)) };
    }),
  );
}

/** Every version, as its reader gets it: decrypted. */
async function objects(s3: S3Client): Promise<Place[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Promise.all(
    Buckets.map(async ({ Name = '' }) => ({ name: `bucket ${Name}`, bytes: await bucketBytes(s3, Name) })),
  );
}

async function bucketBytes(s3: S3Client, Bucket: string): Promise<Buffer> {
  const { Versions = [], IsTruncated } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  if (IsTruncated) throw new Error(`${Bucket} has more than a page of objects`);
  const read = Versions.map(async ({ Key, VersionId }) => {
    const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    return `${Key} ${JSON.stringify(Metadata)} ${await Body?.transformToString()}\n`;
  });
  return Buffer.from((await Promise.all(read)).join(''));
}

/** What is left in queues and dead-letter queues. */
async function messages(sqs: SQSClient): Promise<Place[]> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  return Promise.all(
    QueueUrls.map(async (QueueUrl) => ({
      name: `queue ${QueueUrl.split('/').at(-1)}`,
      bytes: await queueBytes(sqs, QueueUrl),
    })),
  );
}

async function queueBytes(sqs: SQSClient, QueueUrl: string): Promise<Buffer> {
  const texts: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    if (Messages.length === 0) return Buffer.from(texts.join('\n'));
    texts.push(JSON.stringify(Messages.map(({ Body, MessageAttributes }) => [Body, MessageAttributes])));
  }
}
