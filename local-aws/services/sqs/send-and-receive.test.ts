import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from './sqs.service.ts';

let stack: TestStack;
let sqs: SQSClient;
let QueueUrl: string;

beforeEach(async () => {
  stack = await startTestStack([createSqs]);
  sqs = new SQSClient(stack.clientConfig);
  QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'Orders' }))).QueueUrl ?? '';
});
afterEach(() => stack.close());

it('gives back body, attributes, trace header and digests that the SDK checks', async () => {
  const sent = await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: 'ordem de compra: 100 PETR4 ação',
      MessageAttributes: {
        side: { DataType: 'String', StringValue: 'BUY' },
        quantity: { DataType: 'Number', StringValue: '100' },
        raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255, 7) },
      },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-0-0' } },
    }),
  );
  expect(sent.MD5OfMessageBody).toBe('c890856879e0eacfe4ae77839414652f');
  expect(sent.MD5OfMessageAttributes).toBe('2835043766ef53b2d39d064809b53d68');

  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }),
  );
  const message = Messages?.[0];
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'ordem de compra: 100 PETR4 ação',
    MD5OfBody: sent.MD5OfMessageBody,
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    Attributes: {
      SenderId: stack.kernel.accountId,
      SentTimestamp: String(stack.clock.nowMs()),
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: String(stack.clock.nowMs()),
      AWSTraceHeader: 'Root=1-0-0',
    },
  });
  expect(message?.MessageAttributes?.raw?.BinaryValue).toEqual(Uint8Array.of(0, 255, 7));
});

it('gives only the attributes asked for, with a digest over those', async () => {
  const attributes = {
    'order.side': { DataType: 'String', StringValue: 'BUY' },
    'order.type': { DataType: 'String', StringValue: 'LIMIT' },
    other: { DataType: 'String', StringValue: 'x' },
  };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageAttributes: attributes }));
  const { other: _, ...chosen } = attributes;
  const again = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'b', MessageAttributes: chosen }));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['order.*'], MaxNumberOfMessages: 1 }),
  );
  expect(Object.keys(Messages[0]?.MessageAttributes ?? {})).toEqual(['order.side', 'order.type']);
  expect(Messages[0]?.MD5OfMessageAttributes).toBe(again.MD5OfMessageAttributes);
  expect(Messages[0]?.Attributes).toBeUndefined();
});

it('delivers in order of arrival and leaves out what was deleted', async () => {
  for (const body of ['1', '2', '3']) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  const first = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 5 }));
  expect(first.Messages?.map(({ Body }) => Body)).toEqual(['1', '2', '3']);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first.Messages?.[1]?.ReceiptHandle }));
  await stack.advance(5_000);
  const second = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(second.Messages?.map(({ Body }) => Body)).toEqual(['1', '3']);
});

it('accepts any host in a queue URL, but not another account', async () => {
  const receive = (url: string) => sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
  await expect(receive('https://sqs.sa-east-1.amazonaws.com/000000000000/Orders')).resolves.toBeDefined();
  await expect(receive('http://localhost:4566/111111111111/Orders')).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
});
