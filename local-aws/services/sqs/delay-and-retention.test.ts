import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
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

async function receiveAll(): Promise<Message[]> {
  return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ?? [];
}

it('delays a message by its own DelaySeconds, else by the queue’s', async () => {
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '60' } }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'queue' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'own', DelaySeconds: 5 }));
  await stack.advance(4_999);
  expect(await receiveAll()).toEqual([]);
  await stack.advance(1);
  expect((await receiveAll()).map(({ Body }) => Body)).toEqual(['own']);
  await stack.advance(55_000);
  expect((await receiveAll()).map(({ Body }) => Body)).toContain('queue');
});

it('forgets messages at the end of the retention period', async () => {
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { MessageRetentionPeriod: '60' } }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'old' }));
  await stack.advance(30_000);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'new' }));
  await stack.advance(30_000);
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
  expect((await sqs.send(command)).Attributes?.ApproximateNumberOfMessages).toBe('1');
  expect((await receiveAll()).map(({ Body }) => Body)).toEqual(['new']);
});
