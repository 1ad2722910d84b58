import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from './sqs.service.ts';

interface Received {
  readonly Messages?: readonly { readonly Body: string }[];
}

let stack: TestStack;
let sqs: SQSClient;
let QueueUrl: string;

beforeEach(async () => {
  stack = await startTestStack([createSqs]);
  sqs = new SQSClient(stack.clientConfig);
  const attributes = { ReceiveMessageWaitTimeSeconds: '20' };
  const created = await sqs.send(new CreateQueueCommand({ QueueName: 'Orders', Attributes: attributes }));
  QueueUrl = created.QueueUrl ?? '';
});
afterEach(() => stack.close());

/** Called in process, so that the poll stands before the next line runs. */
function poll(input: object = {}): Promise<Received> {
  const principal = { kind: 'administrator', accessKeyId: 'test' } as const;
  return stack.kernel.call('sqs', 'ReceiveMessage', { QueueUrl, ...input }, principal) as Promise<Received>;
}

it('waits as long as the queue says and then answers with nothing', async () => {
  let answered: Received | undefined;
  const polling = poll().then((received) => {
    answered = received;
  });
  await stack.advance(19_999);
  expect(answered).toBeUndefined();
  await stack.advance(1);
  await polling;
  expect(answered).toEqual({});
});

it('wakes one poll a message, in the order in which they came', async () => {
  const polls = [poll(), poll()];
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'first' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'second' }));
  const received = await Promise.all(polls);
  expect(received.map(({ Messages }) => Messages?.map(({ Body }) => Body))).toEqual([['first'], ['second']]);
});

it('wakes when a message comes back', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 5 }));
  const polling = poll();
  await stack.advance(5_000);
  expect((await polling).Messages).toHaveLength(1);
});

it('survives a poll that leaves what it receives visible', async () => {
  const polling = poll({ VisibilityTimeout: 0 });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  expect((await polling).Messages).toHaveLength(1);
  expect((await poll()).Messages).toHaveLength(1);
});
