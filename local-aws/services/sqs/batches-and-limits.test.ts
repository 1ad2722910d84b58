import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
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

const entries = (count: number, MessageBody = 'x') =>
  Array.from({ length: count }, (_, index) => ({ Id: `m${index}`, MessageBody }));

it('sends, hides and deletes in batches, each entry on its own', async () => {
  const sent = await sqs.send(
    new SendMessageBatchCommand({ QueueUrl, Entries: [...entries(2), { Id: 'bad', MessageBody: '\u0000' }] }),
  );
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['m0', 'm1']);
  expect(sent.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true }]);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  const handles = Messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle }));
  const changed = await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: handles.map((handle, index) => ({ ...handle, VisibilityTimeout: index === 0 ? 0 : 43_201 })),
    }),
  );
  expect(changed).toMatchObject({ Successful: [{ Id: 'm0' }], Failed: [{ Id: 'm1', Code: 'InvalidParameterValue' }] });
  const deleted = await sqs.send(
    new DeleteMessageBatchCommand({ QueueUrl, Entries: [...handles, { Id: 'bad', ReceiptHandle: 'nonsense' }] }),
  );
  expect(deleted).toMatchObject({
    Successful: [{ Id: 'm0' }, { Id: 'm1' }],
    Failed: [{ Id: 'bad', Code: 'ReceiptHandleIsInvalid' }],
  });
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
});

it.each([
  ['none', [], 'EmptyBatchRequest'],
  ['eleven', entries(11), 'TooManyEntriesInBatchRequest'],
  ['a malformed id', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
  ['an id of 81 characters', [{ Id: 'a'.repeat(81), MessageBody: 'x' }], 'InvalidBatchEntryId'],
  ['the same id twice', [...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinct'],
  ['over 1 MiB in all', entries(2, 'x'.repeat(524_289)), 'BatchRequestTooLong'],
])('refuses a batch of %s as a whole', async (_, Entries, name) => {
  await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({ name });
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
});

it('takes a message of exactly 1 MiB, attributes included, and no byte more', async () => {
  const MessageAttributes = { ab: { DataType: 'String', StringValue: 'cd' } };
  const body = 'x'.repeat(1_048_576 - 'abStringcd'.length);
  const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }));
  await expect(send(body)).resolves.toBeDefined();
  await expect(send(`${body}x`)).rejects.toThrow('Message must be shorter than 1048576 bytes');
});

it.each([
  ['an empty body', { MessageBody: '' }, 'MissingParameter'],
  ['a control character', { MessageBody: '\u0001' }, 'InvalidMessageContents'],
  ['a delay over 900 s', { MessageBody: 'x', DelaySeconds: 901 }, 'InvalidParameterValue'],
  [
    'eleven attributes',
    {
      MessageBody: 'x',
      MessageAttributes: Object.fromEntries(
        entries(11).map(({ Id }) => [Id, { DataType: 'String', StringValue: 'v' }]),
      ),
    },
    'InvalidParameterValue',
  ],
  [
    'an unknown attribute type',
    { MessageBody: 'x', MessageAttributes: { a: { DataType: 'Text', StringValue: 'v' } } },
    'InvalidParameterValue',
  ],
  [
    'a reserved attribute name',
    { MessageBody: 'x', MessageAttributes: { 'AWS.a': { DataType: 'String', StringValue: 'v' } } },
    'InvalidParameterValue',
  ],
  ['a deduplication id', { MessageBody: 'x', MessageDeduplicationId: '1' }, 'NotSupportedByLocalAws'],
])('refuses a message with %s', async (_, message, name) => {
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, ...message }))).rejects.toMatchObject({ name });
});

it.each([
  ['MaxNumberOfMessages', 11],
  ['MaxNumberOfMessages', 0],
  ['WaitTimeSeconds', 21],
  ['VisibilityTimeout', 43_201],
])('refuses a receive with %s %i', async (name, value) => {
  const command = new ReceiveMessageCommand({ QueueUrl, [name]: value });
  await expect(sqs.send(command)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

it('holds a queue to its own MaximumMessageSize', async () => {
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { MaximumMessageSize: '1024' } }));
  const send = (bytes: number) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(bytes) }));
  await expect(send(1024)).resolves.toBeDefined();
  await expect(send(1025)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

it('purges at most once a minute', async () => {
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries(3) }));
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
  await stack.advance(60_000);
  await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).resolves.toBeDefined();
});
