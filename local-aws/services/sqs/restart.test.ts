import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from './sqs.service.ts';

let folder: string;
let stack: TestStack;
let sqs: SQSClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sqs-restart-'));
  await start();
});
afterEach(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

async function start(startMs?: number): Promise<void> {
  stack = await startTestStack([createSqs], { path: join(folder, 'state.sqlite'), ...(startMs ? { startMs } : {}) });
  sqs = new SQSClient(stack.clientConfig);
}

async function restart(): Promise<void> {
  const nowMs = stack.clock.nowMs();
  await stack.close();
  await start(nowMs);
}

async function create(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
}

it('keeps queues, messages, counts and handles, and wakes for what comes back', async () => {
  const QueueUrl = await create('Orders', { VisibilityTimeout: '10' });
  for (const MessageBody of ['a', 'b']) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const { Messages: [a] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  const { Messages: [b] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  await restart();
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: a?.ReceiptHandle }));
  const signalled: number[] = [];
  stack.kernel.signals.watch(stack.kernel.arn('sqs', 'Orders'), () => signalled.push(stack.clock.nowMs()));
  await stack.advance(10_000);
  expect(signalled).toEqual([stack.clock.nowMs()]);
  const again = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    }),
  );
  expect(again.Messages).toMatchObject([{ MessageId: b?.MessageId, Attributes: { ApproximateReceiveCount: '2' } }]);
});

it('goes on with a redrive', async () => {
  const deadLetterTargetArn = stack.kernel.arn('sqs', 'Rejected');
  const rejectedUrl = await create('Rejected');
  const ordersUrl = await create('Orders', {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }),
  });
  const Entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: Id }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: rejectedUrl, Entries }));
  const task = { SourceArn: deadLetterTargetArn, DestinationArn: stack.kernel.arn('sqs', 'Orders') };
  await sqs.send(new StartMessageMoveTaskCommand({ ...task, MaxNumberOfMessagesPerSecond: 1 }));
  await restart();
  await stack.advance(3_000);
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: ordersUrl, MaxNumberOfMessages: 10 }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['a', 'b', 'c']);
  const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: task.SourceArn }));
  expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }]);
});
