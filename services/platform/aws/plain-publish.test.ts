import { PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { HttpRequest } from '@smithy/types';
import { describe, expect, it } from 'vitest';
import { withPlainPublish } from './plain-publish.ts';

const TOPIC = 'arn:aws:sns:sa-east-1:123456789012:OrderEvents';
const BATCH = new PublishBatchCommand({
  TopicArn: TOPIC,
  PublishBatchRequestEntries: [
    {
      Id: '0',
      Message: '{"name":"José\'s 💰 (a+b) & ~c*!"}\n',
      Subject: undefined,
      MessageAttributes: {
        type: { DataType: 'String', StringValue: 'ORDER_FILLED' },
        raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 255]) },
      },
    },
    { Id: '1', Message: 'b' },
  ],
});
const PUBLISHED = '<Successful><member><MessageId>m-0</MessageId><Id>0</Id></member></Successful>';
const REFUSED =
  '<Failed><member><Id>1</Id><Code>InternalError</Code><SenderFault>false</SenderFault></member></Failed>';

const answerOf = (result: string) =>
  `<PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult>${result}</PublishBatchResult>` +
  '<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishBatchResponse>\n';

describe('a batch published plainly', () => {
  it.each(['<Failed/>', '<Failed></Failed>', ''])(
    'is sent as the SDK sends it, and done when told %j',
    async (failed) => {
      const answer = answerOf(`${failed}${PUBLISHED}`);
      const [own, plain] = [await sentBy(ownClient, BATCH, answer), await sentBy(plainClient, BATCH, answer)];
      expect(plain.request).toEqual(own.request);
      expect(plain.output).toEqual({ $metadata: expect.objectContaining({ httpStatusCode: 200 }) });
    },
  );

  it.each([
    ['refuses an entry', 200, answerOf(`${REFUSED}${PUBLISHED}`)],
    [
      'is an error',
      404,
      '<ErrorResponse><Error><Code>NotFound</Code><Message>no topic</Message></Error></ErrorResponse>',
    ],
    ['is cut off', 200, answerOf('<Failed/>').slice(0, -40)],
  ])('is answered as by the SDK when the answer %s', async (_, statusCode, body) => {
    const own = await sentBy(ownClient, BATCH, body, statusCode);
    const plain = await sentBy(plainClient, BATCH, body, statusCode);
    expect(plain).toEqual(own);
  });

  it('is the only operation of that kind', async () => {
    const answer = '<PublishResponse><PublishResult><MessageId>m-0</MessageId></PublishResult></PublishResponse>';
    const command = new PublishCommand({ TopicArn: TOPIC, Message: 'a' });
    const plain = await sentBy(plainClient, command, answer);
    expect(plain).toEqual(await sentBy(ownClient, command, answer));
    expect(plain.output).toMatchObject({ MessageId: 'm-0' });
  });
});

const ownClient = (config: object): SNSClient => new SNSClient(config);
const plainClient = (config: object): SNSClient => withPlainPublish(ownClient(config));

/** What a client sends for a command, and what it makes of the answer. */
async function sentBy(
  clientOf: typeof ownClient,
  command: PublishBatchCommand | PublishCommand,
  xml: string,
  statusCode = 200,
) {
  let request: Partial<HttpRequest> = {};
  const client = clientOf({
    region: 'sa-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    streamCollector: async (body: Uint8Array) => body,
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: async ({ method, hostname, path, headers, body }: HttpRequest) => {
        request = { method, hostname, path, headers: { 'content-type': headers['content-type'] ?? '' }, body };
        return { response: { statusCode, headers: {}, body: new TextEncoder().encode(xml) } };
      },
    },
  });
  return client.send(command as PublishBatchCommand).then(
    (output) => ({ request, output }),
    (output) => ({ request, output }),
  );
}
