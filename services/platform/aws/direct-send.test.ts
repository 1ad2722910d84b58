import { Readable } from 'node:stream';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FinalizeHandler, MiddlewareStack } from '@smithy/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendDirectly } from './direct-send.ts';

interface SentRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}
interface Answer {
  readonly statusCode: number;
  readonly body: string;
  /** As S3's clients expect an object. */
  readonly isStream?: true;
}

const OK_EMPTY: Answer = { statusCode: 200, body: '' };
const OK: Answer = { statusCode: 200, body: '{}' };
const OK_XML: Answer = {
  statusCode: 200,
  body: '<PublishBatchResponse><PublishBatchResult/></PublishBatchResponse>',
};
const THROTTLED: Answer = { statusCode: 400, body: '{"__type":"ThrottlingException","message":"slow down"}' };

/** Answers in turn, the last one for ever, and keeps what was sent. */
class Wire {
  readonly sent: SentRequest[] = [];
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #answers: Answer[];

  constructor(...answers: Answer[]) {
    this.#answers = answers;
  }

  async handle({ method, hostname, path, query, headers, body }: SentRequest) {
    this.sent.push({ method, hostname, path, query, headers: { ...headers }, body });
    const {
      statusCode,
      body: text,
      isStream,
    } = (this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0]) ?? OK;
    const bytes = new TextEncoder().encode(text);
    const answered = isStream ? Readable.from([bytes], { objectMode: false }) : bytes;
    return { response: { statusCode, headers: {}, body: answered } };
  }
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  'sns:PublishBatch': OK_XML,
  's3:PutObject': OK_EMPTY,
  's3:GetObject': { statusCode: 200, body: 'text', isStream: true },
};

const configOf = (wire: Wire) => ({
  region: 'sa-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
  requestHandler: wire as never,
  streamCollector: async (body: Uint8Array) => body,
});
type Config = ReturnType<typeof configOf>;

const QUEUE_URL = 'https://sqs.sa-east-1.amazonaws.com/123456789012/Orders';
const KEY = { orderId: { S: 'ORD-çã' } };
const COMMANDS: readonly [string, (config: Config) => object, () => object][] = [
  [
    'dynamodb:GetItem',
    (c) => new DynamoDBClient(c),
    () => new GetItemCommand({ TableName: 'Orders', Key: KEY, ConsistentRead: true }),
  ],
  [
    'dynamodb:TransactWriteItems',
    (c) => new DynamoDBClient(c),
    () =>
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName: 'Orders', Item: { ...KEY, raw: { B: new Uint8Array([1, 255]) } } } }],
        ClientRequestToken: 'token-1',
      }),
  ],
  [
    'streams.dynamodb:GetRecords',
    (c) => new DynamoDBStreamsClient(c),
    () => new GetRecordsCommand({ ShardIterator: 'iterator' }),
  ],
  [
    'sqs:SendMessage',
    (c) => new SQSClient({ ...c, md5: false }),
    () => new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody: 'body', DelaySeconds: 2 }),
  ],
  [
    'sns:PublishBatch',
    (c) => new SNSClient(c),
    () =>
      new PublishBatchCommand({
        TopicArn: 'arn:aws:sns:sa-east-1:123456789012:OrderEvents',
        PublishBatchRequestEntries: [{ Id: '0', Message: 'a & b' }],
      }),
  ],
  [
    'events:PutEvents',
    (c) => new EventBridgeClient(c),
    () => new PutEventsCommand({ Entries: [{ Source: 'brokerage', DetailType: 'OrderEvent', Detail: '{}' }] }),
  ],
  [
    'states:StartSyncExecution',
    (c) => new SFNClient(c),
    () =>
      new StartSyncExecutionCommand({
        stateMachineArn: 'arn:aws:states:sa-east-1:123456789012:stateMachine:OrderSaga',
        name: 'ORD-1',
        input: '{}',
      }),
  ],
  [
    'kinesis:PutRecords',
    (c) => new KinesisClient(c),
    () =>
      new PutRecordsCommand({
        StreamName: 'MarketData',
        Records: [{ PartitionKey: 'PETR4', Data: new Uint8Array([123, 125]) }],
      }),
  ],
  [
    'kms:Decrypt',
    (c) => new KMSClient(c),
    () => new DecryptCommand({ CiphertextBlob: new Uint8Array([1, 2]), EncryptionContext: { client: 'CLI-1' } }),
  ],
  [
    'secretsmanager:GetSecretValue',
    (c) => new SecretsManagerClient(c),
    () => new GetSecretValueCommand({ SecretId: 'ExchangeCredentials' }),
  ],
  [
    's3:PutObject',
    (c) => new S3Client(c),
    () =>
      new PutObjectCommand({
        Bucket: 'receipts',
        Key: 'orders/ORD çã.json',
        Body: '123456789',
        ContentType: 'application/json',
        IfNoneMatch: '*',
        ChecksumAlgorithm: 'CRC32',
        ChecksumCRC32: 'y/Q5Jg==',
      }),
  ],
  [
    's3:GetObject',
    (c) => new S3Client(c),
    () => new GetObjectCommand({ Bucket: 'receipts', Key: 'ORD-1.json', ChecksumMode: 'ENABLED' }),
  ],
  [
    'execute-api:PostToConnection',
    (c) => new ApiGatewayManagementApiClient({ ...c, endpoint: 'https://x.execute-api.sa-east-1.amazonaws.com/live' }),
    () => new PostToConnectionCommand({ ConnectionId: 'L0SM9cOFvHcCIhw=', Data: new Uint8Array([104, 105]) }),
  ],
];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-05T13:00:00Z') });
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'submit-order');
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('what is sent directly', () => {
  it.each(COMMANDS)('is, for %s, what the SDK itself sends, to the signature', async (name, clientOf, commandOf) => {
    const answer = ANSWERS[name] ?? OK;
    const wires = { sdk: new Wire(answer), direct: new Wire(answer) };
    const sdk = clientOf(configOf(wires.sdk)) as DynamoDBClient;
    withoutChatter(sdk as unknown as { middlewareStack: MiddlewareStack<object, object> });
    const direct = sendDirectly(clientOf(configOf(wires.direct)) as DynamoDBClient);

    await sdk.send(commandOf() as GetItemCommand);
    await direct.send(commandOf() as GetItemCommand);

    expect(lowered(wires.direct.sent)).toEqual(lowered(wires.sdk.sent));
    expect(lowered(wires.direct.sent)[0]?.headers.authorization).toContain('Signature=');
  });
});

describe('an answer that is an error', () => {
  const command = () => new GetItemCommand({ TableName: 'Orders', Key: KEY });
  const clientWith = (wire: Wire, maxAttempts = 3) =>
    sendDirectly(new DynamoDBClient({ ...configOf(wire), maxAttempts }));

  it('is thrown as the SDK throws it', async () => {
    const wire = new Wire({
      statusCode: 400,
      body: '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"no table"}',
    });
    await expect(clientWith(wire).send(command())).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'no table',
      $metadata: { httpStatusCode: 400 },
    });
    expect(wire.sent).toHaveLength(1);
  });

  it('is repeated by the SDK when it may pass', async () => {
    const wire = new Wire(THROTTLED, { statusCode: 200, body: '{"Item":{"a":{"S":"b"}}}' });
    await expect(clientWith(wire).send(command())).resolves.toMatchObject({ Item: { a: { S: 'b' } } });
    expect(wire.sent).toHaveLength(2);
  });

  it('is not repeated for a client that asks for one attempt', async () => {
    const wire = new Wire(THROTTLED);
    await expect(clientWith(wire, 1).send(command())).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(wire.sent).toHaveLength(1);
  });

  it('of the wire is repeated too', async () => {
    const wire = new Wire(OK);
    const handle = wire.handle.bind(wire);
    let calls = 0;
    wire.handle = async (request) => {
      calls += 1;
      if (calls === 1) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      return handle(request);
    };
    await expect(clientWith(wire).send(command())).resolves.toBeDefined();
    expect(calls).toBe(2);
  });
});

describe('the endpoint', () => {
  it('is looked for again after it could not be found', async () => {
    const wire = new Wire(OK);
    let tries = 0;
    const region = async () => {
      tries += 1;
      if (tries === 1) throw new Error('no region yet');
      return 'sa-east-1';
    };
    const client = sendDirectly(new DynamoDBClient({ ...configOf(wire), region, maxAttempts: 1 }));
    const command = () => new GetItemCommand({ TableName: 'Orders', Key: KEY });
    await expect(client.send(command())).rejects.toThrow('no region yet');
    await client.send(command());
    expect(wire.sent).toHaveLength(1);
  });

  it('is one for each bucket', async () => {
    const wire = new Wire(OK_EMPTY);
    const client = sendDirectly(new S3Client(configOf(wire)));
    for (const Bucket of ['receipts', 'audit', 'receipts'])
      await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'b' }));
    expect(wire.sent.map(({ hostname }) => hostname.split('.')[0])).toEqual(['receipts', 'audit', 'receipts']);
  });

  it('is the configured one when there is one', async () => {
    const wire = new Wire(OK);
    const client = new DynamoDBClient({ ...configOf(wire), endpoint: 'http://127.0.0.1:4566' });
    await sendDirectly(client).send(new GetItemCommand({ TableName: 'Orders', Key: KEY }));
    expect(wire.sent[0]).toMatchObject({ hostname: '127.0.0.1', headers: { host: '127.0.0.1:4566' } });
  });
});

type Next = FinalizeHandler<object, object>;

/** Headers that count the attempts and name the SDK; without them the two must be the same bytes. */
function withoutChatter({ middlewareStack }: { middlewareStack: MiddlewareStack<object, object> }): void {
  middlewareStack.remove('getUserAgentMiddleware');
  middlewareStack.addRelativeTo(
    (next: Next) => async (args: Parameters<Next>[0]) => {
      const { headers } = (args as { request: SentRequest }).request;
      delete headers['amz-sdk-invocation-id'];
      delete headers['amz-sdk-request'];
      return next(args);
    },
    { name: 'withoutChatter', relation: 'before', toMiddleware: 'httpSigningMiddleware' },
  );
}

/** Header names as they travel: HTTP does not tell capital letters. */
function lowered(sent: readonly SentRequest[]): readonly SentRequest[] {
  return sent.map((request) => ({
    ...request,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
  }));
}
