import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AppliedResource } from '../../kernel/service.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from './sqs.service.ts';

let stack: TestStack;
let sqs: SQSClient;

beforeEach(async () => {
  stack = await startTestStack([createSqs]);
  sqs = new SQSClient(stack.clientConfig);
});
afterEach(() => stack.close());

function apply(type: string, logicalId: string, properties: Record<string, unknown>): AppliedResource {
  const resource = stack.kernel.service('sqs').resources?.[type];
  if (!resource) throw new Error(`no ${type}`);
  return resource.apply({ logicalId, type, properties });
}

async function attributes(QueueUrl: string): Promise<Record<string, string>> {
  return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes ?? {};
}

it('makes a queue with its dead-letter queue, and again the same', async () => {
  const rejected = apply('AWS::SQS::Queue', 'Rejected', {
    QueueName: 'RejectedOrders',
    MessageRetentionPeriod: 1209600,
  });
  const policy = { deadLetterTargetArn: rejected.attributes.Arn, maxReceiveCount: 3 };
  const make = () => apply('AWS::SQS::Queue', 'Orders', { VisibilityTimeout: 180, RedrivePolicy: policy, Tags: [] });
  const orders = make();
  expect(orders).toEqual({
    ref: 'http://localhost:4566/000000000000/Orders',
    attributes: {
      Arn: 'arn:aws:sqs:sa-east-1:000000000000:Orders',
      QueueName: 'Orders',
      QueueUrl: 'http://localhost:4566/000000000000/Orders',
    },
  });
  expect(make()).toEqual(orders);
  expect(await attributes(orders.ref)).toMatchObject({
    VisibilityTimeout: '180',
    RedrivePolicy: JSON.stringify(policy),
  });
});

it('follows a change of the template, back to the defaults too, and keeps the policy', async () => {
  const { ref } = apply('AWS::SQS::Queue', 'Orders', { VisibilityTimeout: 180 });
  const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
  const document = { Version: '2012-10-17', Statement: [statement] };
  const made = apply('AWS::SQS::QueuePolicy', 'OrdersPolicy', { PolicyDocument: document, Queues: [ref] });
  expect(made.ref).toBe('OrdersPolicy');
  apply('AWS::SQS::Queue', 'Orders', { DelaySeconds: 5 });
  expect(await attributes(ref)).toMatchObject({
    VisibilityTimeout: '30',
    DelaySeconds: '5',
    Policy: JSON.stringify(document),
  });
});

it.each([
  ['AWS::SQS::Queue', { Colour: 'red' }, 'property Colour of AWS::SQS::Queue'],
  ['AWS::SQS::Queue', { FifoQueue: true }, 'property FifoQueue of AWS::SQS::Queue'],
  ['AWS::SQS::Queue', { KmsMasterKeyId: 'k' }, 'property KmsMasterKeyId of AWS::SQS::Queue'],
  ['AWS::SQS::Queue', { DelaySeconds: 901 }, 'Invalid value for the parameter DelaySeconds'],
  [
    'AWS::SQS::QueuePolicy',
    { PolicyDocument: {}, Queues: ['q'], Colour: 1 },
    'property Colour of AWS::SQS::QueuePolicy',
  ],
  ['AWS::SQS::QueuePolicy', { PolicyDocument: {} }, 'needs PolicyDocument and Queues'],
])('refuses %s with %j', (type, properties, message) => {
  expect(() => apply(type, 'Any', properties)).toThrow(message);
});
