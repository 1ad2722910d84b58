import {
  CreateTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from '../sqs/sqs.service.ts';
import { createSns } from './sns.service.ts';

let stack: TestStack;
let sns: SNSClient;
let sqs: SQSClient;
let TopicArn: string;

beforeEach(async () => {
  stack = await startTestStack([createSqs, createSns]);
  sns = new SNSClient(stack.clientConfig);
  sqs = new SQSClient(stack.clientConfig);
  TopicArn = (await sns.send(new CreateTopicCommand({ Name: 'OrderEvents' }))).TopicArn ?? '';
});
afterEach(() => stack.close());

async function subscribe(queueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  await sqs.send(new CreateQueueCommand({ QueueName: queueName }));
  const Endpoint = stack.kernel.arn('sqs', queueName);
  return (
    (await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }))).SubscriptionArn ?? ''
  );
}

async function received(queueName: string): Promise<Message[]> {
  await stack.kernel.activity.idle();
  const QueueUrl = `${stack.endpoint}/${stack.kernel.accountId}/${queueName}`;
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] });
  return (await sqs.send(command)).Messages ?? [];
}

const attributes: PublishCommandInput['MessageAttributes'] = {
  event: { DataType: 'String', StringValue: 'FILLED & "quoted" ção' },
  seq: { DataType: 'Number', StringValue: '7' },
  raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 255) },
};

it('wraps a message in AWS’s notification document', async () => {
  const SubscriptionArn = await subscribe('Audit');
  const { MessageId } = await sns.send(
    new PublishCommand({ TopicArn, Message: 'corpo <é>', Subject: 'Order', MessageAttributes: attributes }),
  );
  const [message] = await received('Audit');
  expect(message?.MessageAttributes).toBeUndefined();
  expect(JSON.parse(message?.Body ?? '')).toEqual({
    Type: 'Notification',
    MessageId,
    TopicArn,
    Subject: 'Order',
    Message: 'corpo <é>',
    Timestamp: new Date(stack.clock.nowMs()).toISOString(),
    SignatureVersion: '1',
    Signature: '',
    SigningCertURL: '',
    UnsubscribeURL: `https://sns.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`,
    MessageAttributes: {
      event: { Type: 'String', Value: 'FILLED & "quoted" ção' },
      seq: { Type: 'Number', Value: '7' },
      raw: { Type: 'Binary', Value: 'Af8=' },
    },
  });
});

it('delivers raw messages with their attributes, to every subscription', async () => {
  await subscribe('Audit', { RawMessageDelivery: 'true' });
  await subscribe('Reports', { RawMessageDelivery: 'true' });
  await sns.send(new PublishCommand({ TopicArn, Message: 'a', MessageAttributes: attributes }));
  for (const queue of ['Audit', 'Reports']) {
    const [message] = await received(queue);
    expect(message?.Body).toBe('a');
    expect(message?.MessageAttributes?.seq).toMatchObject({ DataType: 'Number', StringValue: '7' });
    expect(message?.MessageAttributes?.raw?.BinaryValue).toEqual(Uint8Array.of(1, 255));
  }
});

it('publishes a batch, each entry on its own', async () => {
  await subscribe('Audit', { RawMessageDelivery: 'true' });
  const { Successful, Failed } = await sns.send(
    new PublishBatchCommand({
      TopicArn,
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'first', MessageAttributes: attributes },
        { Id: 'b', Message: '' },
        { Id: 'c', Message: 'third' },
      ],
    }),
  );
  expect(Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
  expect(new Set(Successful?.map(({ MessageId }) => MessageId)).size).toBe(2);
  expect(Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }]);
  expect((await received('Audit')).map(({ Body }) => Body)).toEqual(['first', 'third']);
});

const entries = (count: number, Message = 'x') =>
  Array.from({ length: count }, (_, index) => ({ Id: `m${index}`, Message }));

it.each([
  ['none', [], 'EmptyBatchRequestException'],
  ['eleven', entries(11), 'TooManyEntriesInBatchRequestException'],
  ['a malformed id', [{ Id: 'a b', Message: 'x' }], 'InvalidBatchEntryIdException'],
  ['the same id twice', [...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinctException'],
  ['over 256 KiB in all', entries(2, 'x'.repeat(131_073)), 'BatchRequestTooLongException'],
])('refuses a batch of %s as a whole', async (_, PublishBatchRequestEntries, name) => {
  await subscribe('Audit');
  const command = new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries });
  await expect(sns.send(command)).rejects.toMatchObject({ name });
  expect(await received('Audit')).toEqual([]);
});

it.each<[string, Partial<PublishCommandInput>, string]>([
  ['an empty message', { Message: '' }, 'InvalidParameterException'],
  ['over 256 KiB', { Message: 'x'.repeat(262_145) }, 'InvalidParameterException'],
  ['a subject of two lines', { Subject: 'a\nb' }, 'InvalidParameterException'],
  [
    'an attribute of unknown type',
    { MessageAttributes: { a: { DataType: 'Text', StringValue: 'b' } } },
    'InvalidParameterException',
  ],
  [
    'an attribute that is no number',
    { MessageAttributes: { a: { DataType: 'Number', StringValue: 'b' } } },
    'InvalidParameterException',
  ],
  ['a topic that is not there', { TopicArn: 'arn:aws:sns:sa-east-1:000000000000:None' }, 'NotFoundException'],
  ['something that is no ARN', { TopicArn: 'OrderEvents' }, 'InvalidParameterException'],
  ['a message structure', { MessageStructure: 'json' }, 'NotSupportedByLocalAws'],
])('refuses %s', async (_, input, name) => {
  await expect(sns.send(new PublishCommand({ TopicArn, Message: 'x', ...input }))).rejects.toMatchObject({ name });
});

it('takes a message of exactly 256 KiB', async () => {
  await subscribe('Audit', { RawMessageDelivery: 'true' });
  await sns.send(new PublishCommand({ TopicArn, Message: 'x'.repeat(262_144) }));
  expect((await received('Audit'))[0]?.Body).toHaveLength(262_144);
});
