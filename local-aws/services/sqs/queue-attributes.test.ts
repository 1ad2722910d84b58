import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
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

const create = (QueueName: string, Attributes: Record<string, string> = {}) =>
  sqs.send(new CreateQueueCommand({ QueueName, Attributes }));

it('gives URLs under the default base, and finds them by name', async () => {
  expect(QueueUrl).toBe('http://localhost:4566/000000000000/Orders');
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'Orders' }))).QueueUrl).toBe(QueueUrl);
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'None' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
});

it('creates the same queue twice as one, and refuses other attributes', async () => {
  expect((await create('Orders', { VisibilityTimeout: '30' })).QueueUrl).toBe(QueueUrl);
  await expect(create('Orders', { VisibilityTimeout: '31' })).rejects.toMatchObject({ name: 'QueueNameExists' });
});

it('has AWS’s defaults and gives them all, or those asked for', async () => {
  const get = (AttributeNames: string[]) =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: AttributeNames as ['All'] }));
  expect((await get(['All'])).Attributes).toEqual({
    QueueArn: 'arn:aws:sqs:sa-east-1:000000000000:Orders',
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: '1772452800',
    LastModifiedTimestamp: '1772452800',
    DelaySeconds: '0',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    VisibilityTimeout: '30',
    SqsManagedSseEnabled: 'true',
  });
  expect((await get(['DelaySeconds', 'Policy'])).Attributes).toEqual({ DelaySeconds: '0' });
  expect((await get([])).Attributes).toBeUndefined();
  await expect(get(['Colour'])).rejects.toMatchObject({ name: 'InvalidAttributeName' });
});

it('keeps a policy and gives it up again', async () => {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const set = (Policy: string) => sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const get = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes?.Policy;
  await set(policy);
  expect(await get()).toBe(policy);
  await set('');
  expect(await get()).toBeUndefined();
});

it.each([
  ['VisibilityTimeout', '43201', 'InvalidAttributeValue'],
  ['DelaySeconds', '-1', 'InvalidAttributeValue'],
  ['MessageRetentionPeriod', '59', 'InvalidAttributeValue'],
  ['MaximumMessageSize', '1048577', 'InvalidAttributeValue'],
  ['ReceiveMessageWaitTimeSeconds', 'soon', 'InvalidAttributeValue'],
  ['SqsManagedSseEnabled', 'yes', 'InvalidAttributeValue'],
  ['Policy', 'not json', 'InvalidAttributeValue'],
  ['RedriveAllowPolicy', '{"redrivePermission":"byQueue"}', 'InvalidParameterValue'],
  ['Colour', 'red', 'InvalidAttributeName'],
  ['FifoQueue', 'true', 'NotSupportedByLocalAws'],
  ['KmsMasterKeyId', 'alias/orders', 'NotSupportedByLocalAws'],
])('refuses attribute %s = %s', async (name, value, error) => {
  await expect(create('Other', { [name]: value })).rejects.toMatchObject({ name: error });
});

it.each([
  ['Orders.fifo', 'NotSupportedByLocalAws'],
  ['a b', 'InvalidParameterValue'],
  ['a'.repeat(81), 'InvalidParameterValue'],
])('refuses the name %s', async (name, error) => {
  await expect(create(name)).rejects.toMatchObject({ name: error });
});

it('lists queues by prefix and page', async () => {
  for (const name of ['Audit', 'Reports', 'RejectedOrders']) await create(name);
  const list = async (input: object) => {
    const { QueueUrls = [], NextToken } = await sqs.send(new ListQueuesCommand(input));
    return { names: QueueUrls.map((url) => url.split('/').at(-1)), NextToken };
  };
  expect((await list({ QueueNamePrefix: 'Re' })).names).toEqual(['RejectedOrders', 'Reports']);
  const first = await list({ MaxResults: 3 });
  expect(first.names).toEqual(['Audit', 'Orders', 'RejectedOrders']);
  expect((await list({ MaxResults: 3, NextToken: first.NextToken })).names).toEqual(['Reports']);
  expect((await list({ QueueNamePrefix: 'x' })).names).toEqual([]);
});
