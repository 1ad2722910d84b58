import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from './sqs.service.ts';

let stack: TestStack;
let sqs: SQSClient;
let ordersUrl: string;
let rejectedUrl: string;
let rejectedArn: string;

beforeEach(async () => {
  stack = await startTestStack([createSqs]);
  sqs = new SQSClient(stack.clientConfig);
  rejectedArn = stack.kernel.arn('sqs', 'RejectedOrders');
  rejectedUrl = await create('RejectedOrders');
  ordersUrl = await create('Orders', {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: rejectedArn, maxReceiveCount: '2' }),
    VisibilityTimeout: '10',
  });
});
afterEach(() => stack.close());

async function create(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
}

async function receive(QueueUrl: string): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['All'],
  });
  return (await sqs.send(command)).Messages ?? [];
}

async function failTwice(): Promise<void> {
  for (let count = 0; count < 2; count++) {
    expect(await receive(ordersUrl)).not.toEqual([]);
    await stack.advance(10_000);
  }
  expect(await receive(ordersUrl)).toEqual([]);
}

it('moves a message received too often to the dead-letter queue with its id and its age', async () => {
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: ordersUrl, MessageBody: 'poison' }));
  const sentAtMs = stack.clock.nowMs();
  const signals: string[] = [];
  stack.kernel.signals.watch(rejectedArn, () => signals.push('raised'));
  await failTwice();
  expect(signals).toEqual(['raised']);
  expect(await receive(rejectedUrl)).toMatchObject([
    {
      MessageId,
      Body: 'poison',
      Attributes: {
        SentTimestamp: String(sentAtMs),
        ApproximateReceiveCount: '3',
        DeadLetterQueueSourceArn: stack.kernel.arn('sqs', 'Orders'),
      },
    },
  ]);
});

it('fills a batch with good messages in place of the poisoned ones', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl: ordersUrl, MessageBody: 'poison' }));
  await receive(ordersUrl);
  await stack.advance(10_000);
  await receive(ordersUrl);
  await stack.advance(10_000);
  await sqs.send(new SendMessageCommand({ QueueUrl: ordersUrl, MessageBody: 'good' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: ordersUrl }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['good']);
});

it('does nothing with a handle of a message that has moved', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl: ordersUrl, MessageBody: 'poison' }));
  const handle = (await receive(ordersUrl))[0]?.ReceiptHandle;
  await stack.advance(10_000);
  await receive(ordersUrl);
  await stack.advance(10_000);
  await receive(ordersUrl);
  await sqs.send(new DeleteMessageCommand({ QueueUrl: ordersUrl, ReceiptHandle: handle }));
  expect(await receive(rejectedUrl)).toHaveLength(1);
});

it('redrives to the source as new messages', async () => {
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: ordersUrl, MessageBody: 'poison' }));
  await failTwice();
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: rejectedArn }));
  expect(await receive(rejectedUrl)).toEqual([]);
  const [redriven] = await receive(ordersUrl);
  expect(redriven).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } });
  expect(redriven?.MessageId).not.toBe(MessageId);
  const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: rejectedArn }));
  expect(Results).toMatchObject([
    { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1, ApproximateNumberOfMessagesToMove: 1 },
  ]);
});

it('redrives at the given rate, one task at a time, until cancelled', async () => {
  const Entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: Id }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: rejectedUrl, Entries }));
  const start = new StartMessageMoveTaskCommand({
    SourceArn: rejectedArn,
    DestinationArn: stack.kernel.arn('sqs', 'Orders'),
    MaxNumberOfMessagesPerSecond: 1,
  });
  const { TaskHandle } = await sqs.send(start);
  await expect(sqs.send(start)).rejects.toThrow('already a task running');
  await stack.advance(1_000);
  const cancelled = await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
  expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(2);
  await stack.advance(10_000);
  expect((await receive(ordersUrl)).map(({ Body }) => Body)).toEqual(['a', 'b']);
  await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toThrow('Only active tasks');
});

it('fails a redrive of messages that came from no queue', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl: rejectedUrl, MessageBody: 'a' }));
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: rejectedArn }));
  const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: rejectedArn }));
  expect(Results).toMatchObject([{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }]);
});

it('lists the sources of a dead-letter queue', async () => {
  const { queueUrls } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: rejectedUrl }));
  expect(queueUrls).toEqual([ordersUrl]);
});

it.each([
  ['an unknown target', { deadLetterTargetArn: 'arn:aws:sqs:sa-east-1:000000000000:None', maxReceiveCount: 1 }],
  ['a count of 0', { deadLetterTargetArn: 'arn:aws:sqs:sa-east-1:000000000000:RejectedOrders', maxReceiveCount: 0 }],
  ['a cycle', { deadLetterTargetArn: 'arn:aws:sqs:sa-east-1:000000000000:Orders', maxReceiveCount: 1 }],
])('refuses a redrive policy with %s', async (_, policy) => {
  const Attributes = { RedrivePolicy: JSON.stringify(policy) };
  const command = new SetQueueAttributesCommand({ QueueUrl: rejectedUrl, Attributes });
  await expect(sqs.send(command)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

it('refuses a source that the dead-letter queue does not allow', async () => {
  const allow = JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [stack.kernel.arn('sqs', 'Allowed')] });
  const guardedUrl = await create('Guarded', { RedriveAllowPolicy: allow });
  expect(guardedUrl).toContain('Guarded');
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: stack.kernel.arn('sqs', 'Guarded'),
    maxReceiveCount: 3,
  });
  await expect(create('Allowed', { RedrivePolicy })).resolves.toContain('Allowed');
  await expect(create('Other', { RedrivePolicy })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});
