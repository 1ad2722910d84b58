import { BatchGetItemCommand, DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { HttpRequest } from '@smithy/core/transport';
import { describe, expect, it } from 'vitest';
import { withPlainJson } from './plain-json.ts';

const ITEM = {
  orderId: { S: 'ORD-çã"\\\n\u0001\u2028' },
  quantity: { N: '100' },
  isOpen: { BOOL: true },
  nothing: { NULL: true },
  fills: { L: [{ M: { priceCents: { N: '3010' }, empty: { M: {} } } }] },
};
const RECEIVER = 'https://sqs.sa-east-1.amazonaws.com/123456789012/Orders';
const MACHINE = 'arn:aws:states:sa-east-1:123456789012:stateMachine:OrderSaga';

interface Case {
  readonly clientOf: (config: object) => object;
  readonly command: object;
  readonly answer: object;
}
const CASES: readonly (readonly [string, Case])[] = [
  [
    'dynamodb:TransactWriteItems',
    {
      clientOf: (config) => new DynamoDBClient(config),
      command: new TransactWriteItemsCommand({
        ClientRequestToken: 'token-1',
        TransactItems: [{ Put: { TableName: 'Orders', Item: ITEM, ConditionExpression: undefined } }],
      }),
      answer: {},
    },
  ],
  [
    'dynamodb:BatchGetItem',
    {
      clientOf: (config) => new DynamoDBClient(config),
      command: new BatchGetItemCommand({ RequestItems: { Orders: { Keys: [{ orderId: { S: 'ORD-1' } }] } } }),
      answer: { Responses: { Orders: [ITEM] }, UnprocessedKeys: {} },
    },
  ],
  [
    'sqs:SendMessageBatch',
    {
      clientOf: (config) => new SQSClient({ ...config, md5: false }),
      command: new SendMessageBatchCommand({
        QueueUrl: RECEIVER,
        Entries: [{ Id: '0', MessageBody: '{"a":"b"}', DelaySeconds: 2 }],
      }),
      answer: { Successful: [{ Id: '0', MessageId: 'm-1', MD5OfMessageBody: 'x' }], Failed: [] },
    },
  ],
  [
    'states:StartSyncExecution',
    {
      clientOf: (config) => new SFNClient(config),
      command: new StartSyncExecutionCommand({ stateMachineArn: MACHINE, name: 'ORD-1', input: '{}' }),
      answer: { executionArn: MACHINE, status: 'SUCCEEDED', output: '{"next":"DONE"}' },
    },
  ],
];

describe('a client with plain JSON', () => {
  it.each(CASES)(
    'sends, for %s, what the SDK sends, and reads what it reads',
    async (_, { clientOf, command, answer }) => {
      const own = await exchanged(clientOf, command, { statusCode: 200, body: answer });
      const plain = await exchanged((config) => withPlainJson(clientOf(config)), command, {
        statusCode: 200,
        body: answer,
      });
      expect(plain).toEqual(own);
      expect(plain.output).toMatchObject(answer);
    },
  );

  it.each(CASES)('throws, for %s, what the SDK throws', async (_, { clientOf, command }) => {
    const refusal = { statusCode: 400, body: { __type: 'ResourceNotFoundException', message: 'not there' } };
    const own = await exchanged(clientOf, command, refusal);
    const plain = await exchanged((config) => withPlainJson(clientOf(config)), command, refusal);
    expect(plain).toEqual(own);
    expect(plain.error).toMatchObject({ name: 'ResourceNotFoundException', message: 'not there' });
  });

  it('speaks AWS JSON', () => {
    expect(() => withPlainJson(new SNSClient({ region: 'sa-east-1' }))).toThrow('another protocol than AWS JSON');
  });
});

interface Exchanged {
  readonly sent: unknown[];
  readonly output?: unknown;
  readonly error?: unknown;
}

/** What a client sends for a command, and what it makes of the answer. */
async function exchanged(
  clientOf: Case['clientOf'],
  command: object,
  answer: { readonly statusCode: number; readonly body: object },
): Promise<Exchanged> {
  const sent: unknown[] = [];
  const client = clientOf({
    region: 'sa-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    streamCollector: async (body: Uint8Array) => body,
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: async ({ method, hostname, path, headers, body }: HttpRequest) => {
        sent.push({
          method,
          hostname,
          path,
          headers: headersOf(headers),
          body: JSON.parse(body instanceof Uint8Array ? new TextDecoder().decode(body) : body),
        });
        const bytes = new TextEncoder().encode(JSON.stringify(answer.body));
        return { response: { statusCode: answer.statusCode, headers: {}, body: bytes } };
      },
    },
  }) as DynamoDBClient;
  return client.send(command as BatchGetItemCommand).then(
    (output) => ({ sent, output }),
    (error) => ({ sent, error }),
  );
}

/** Those that the protocol sets. */
function headersOf(headers: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(content-type|x-amz-target|x-amzn-query-mode)$/.test(name)),
  );
}
