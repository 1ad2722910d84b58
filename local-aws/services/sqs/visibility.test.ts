import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
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

async function receive(): Promise<Message | undefined> {
  const command = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
  return (await sqs.send(command)).Messages?.[0];
}

async function depths(): Promise<number[]> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  const names = ['', 'NotVisible', 'Delayed'].map((suffix) => `ApproximateNumberOfMessages${suffix}`);
  return names.map((name) => Number((Attributes as Record<string, string>)[name]));
}

it('hides a received message until its timeout, and counts its receives', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  expect(await depths()).toEqual([1, 0, 0]);
  expect((await receive())?.Attributes?.ApproximateReceiveCount).toBe('1');
  expect(await depths()).toEqual([0, 1, 0]);
  await stack.advance(29_999);
  expect(await receive()).toBeUndefined();
  await stack.advance(1);
  expect(await depths()).toEqual([1, 0, 0]);
  expect((await receive())?.Attributes?.ApproximateReceiveCount).toBe('2');
});

it('raises the queue’s signal when a message is sent, when its delay ends and when it comes back', async () => {
  const signals: number[] = [];
  stack.kernel.signals.watch(stack.kernel.arn('sqs', 'Orders'), () => signals.push(stack.clock.nowMs() - startMs));
  const startMs = stack.clock.nowMs();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  await receive();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'b', DelaySeconds: 10 }));
  expect(await depths()).toEqual([0, 1, 1]);
  await stack.advance(60_000);
  expect(signals).toEqual([0, 10_000, 30_000]);
});

it('changes the timeout of a message in flight, to nothing too', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  const first = await receive();
  const change = (VisibilityTimeout: number) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout }));
  await change(60);
  await stack.advance(59_999);
  expect(await receive()).toBeUndefined();
  await change(0);
  await expect(change(10)).rejects.toMatchObject({ name: 'MessageNotInflight' });
  expect(await receive()).toBeDefined();
  await expect(change(10)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

it('refuses a total of more than twelve hours', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  const message = await receive();
  await stack.advance(1_000);
  const command = new ChangeMessageVisibilityCommand({
    QueueUrl,
    ReceiptHandle: message?.ReceiptHandle,
    VisibilityTimeout: 43_200,
  });
  await expect(sqs.send(command)).rejects.toThrow('Total VisibilityTimeout for the message is beyond the limit');
});

it('lets a handle go stale with the next receive, and keeps it good until then', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  const first = await receive();
  await stack.advance(30_000);
  const second = await receive();
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  expect(await depths()).toEqual([0, 1, 0]);
  await stack.advance(30_000);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }));
  expect(await depths()).toEqual([0, 0, 0]);
});
