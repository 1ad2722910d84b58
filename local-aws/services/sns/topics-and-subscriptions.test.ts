import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AppliedResource } from '../../kernel/service.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from '../sqs/sqs.service.ts';
import { createSns } from './sns.service.ts';

let stack: TestStack;
let sns: SNSClient;
let sqs: SQSClient;
let TopicArn: string;
let Endpoint: string;
let QueueUrl: string;

beforeEach(async () => {
  stack = await startTestStack([createSqs, createSns]);
  sns = new SNSClient(stack.clientConfig);
  sqs = new SQSClient(stack.clientConfig);
  TopicArn = (await sns.send(new CreateTopicCommand({ Name: 'OrderEvents' }))).TopicArn ?? '';
  QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'Audit' }))).QueueUrl ?? '';
  Endpoint = stack.kernel.arn('sqs', 'Audit');
});
afterEach(() => stack.close());

const subscribe = (Attributes: Record<string, string> = {}) =>
  sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));

async function depth(): Promise<number> {
  await stack.kernel.activity.idle();
  return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages?.length ?? 0;
}

function apply(type: string, logicalId: string, properties: Record<string, unknown>): AppliedResource {
  const resource = stack.kernel.service('sns').resources?.[type];
  if (!resource) throw new Error(`no ${type}`);
  return resource.apply({ logicalId, type, properties });
}

it('creates a topic once, lists it and keeps its attributes', async () => {
  expect(TopicArn).toBe('arn:aws:sns:sa-east-1:000000000000:OrderEvents');
  expect((await sns.send(new CreateTopicCommand({ Name: 'OrderEvents' }))).TopicArn).toBe(TopicArn);
  expect((await sns.send(new ListTopicsCommand())).Topics).toEqual([{ TopicArn }]);
  const policy = '{"Statement":["<&>"]}';
  const set = { TopicArn, AttributeName: 'Policy', AttributeValue: policy };
  await sns.send(new SetTopicAttributesCommand(set));
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes).toMatchObject({ TopicArn, Policy: policy, SubscriptionsConfirmed: '0' });
});

it('subscribes a queue once, and refuses it with other attributes', async () => {
  const { SubscriptionArn } = await subscribe({ RawMessageDelivery: 'true' });
  expect((await subscribe({ RawMessageDelivery: 'true' })).SubscriptionArn).toBe(SubscriptionArn);
  await expect(subscribe({ RawMessageDelivery: 'false' })).rejects.toThrow('already exists with different attributes');
  const expected = [{ SubscriptionArn, TopicArn, Endpoint, Protocol: 'sqs', Owner: stack.kernel.accountId }];
  expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual(expected);
  expect((await sns.send(new ListSubscriptionsCommand())).Subscriptions).toEqual(expected);
});

it('follows a change of the filter policy, and ends with the subscription', async () => {
  const { SubscriptionArn } = await subscribe();
  const set = (AttributeName: string, AttributeValue: string) =>
    sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
  await set('FilterPolicyScope', 'MessageBody');
  await set('FilterPolicy', '{"side":["BUY"]}');
  const publish = (side: string) => sns.send(new PublishCommand({ TopicArn, Message: JSON.stringify({ side }) }));
  await publish('SELL');
  expect(await depth()).toBe(0);
  await publish('BUY');
  expect(await depth()).toBe(1);
  const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  expect(Attributes).toMatchObject({ FilterPolicy: '{"side":["BUY"]}', FilterPolicyScope: 'MessageBody' });
  await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  await publish('BUY');
  expect(await depth()).toBe(0);
  await expect(sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
});

it.each([
  ['protocol', { Protocol: 'email', Endpoint: 'a@b.c' }, 'NotSupportedByLocalAws'],
  ['endpoint', { Endpoint: 'Audit' }, 'InvalidParameterException'],
  ['raw delivery', { Attributes: { RawMessageDelivery: 'yes' } }, 'InvalidParameterException'],
  ['scope', { Attributes: { FilterPolicyScope: 'Subject' } }, 'InvalidParameterException'],
  ['filter policy', { Attributes: { FilterPolicy: '{"a":"b"}' } }, 'InvalidParameterException'],
  ['redrive policy', { Attributes: { RedrivePolicy: '{"maxReceiveCount":1}' } }, 'InvalidParameterException'],
  ['attribute', { Attributes: { DeliveryPolicy: '{}' } }, 'NotSupportedByLocalAws'],
])('refuses a subscription with a wrong %s', async (_, input, name) => {
  const command = new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, ...input });
  await expect(sns.send(command)).rejects.toMatchObject({ name });
});

it('makes topic, subscription and policy from a template, and again the same', async () => {
  const make = () => {
    const topic = apply('AWS::SNS::Topic', 'Events', { DisplayName: 'Events', Tags: [] });
    const subscription = apply('AWS::SNS::Subscription', 'Subscription', {
      TopicArn: topic.ref,
      Protocol: 'sqs',
      Endpoint,
      RawMessageDelivery: true,
      FilterPolicy: { side: ['BUY'] },
      RedrivePolicy: { deadLetterTargetArn: Endpoint },
    });
    apply('AWS::SNS::TopicPolicy', 'Policy', { PolicyDocument: { Statement: [] }, Topics: [topic.ref] });
    return { topic, subscription };
  };
  const made = make();
  expect(made.topic).toEqual({
    ref: 'arn:aws:sns:sa-east-1:000000000000:Events',
    attributes: { TopicArn: 'arn:aws:sns:sa-east-1:000000000000:Events', TopicName: 'Events' },
  });
  expect(make()).toEqual(made);
  const command = new GetSubscriptionAttributesCommand({ SubscriptionArn: made.subscription.ref });
  expect((await sns.send(command)).Attributes).toMatchObject({
    RawMessageDelivery: 'true',
    FilterPolicy: '{"side":["BUY"]}',
  });
});

it.each([
  ['AWS::SNS::Topic', { FifoTopic: true }],
  ['AWS::SNS::Topic', { KmsMasterKeyId: 'k' }],
  ['AWS::SNS::Subscription', { DeliveryPolicy: {} }],
  ['AWS::SNS::TopicPolicy', { Colour: 'red' }],
])('refuses %s with %j', (type, properties) => {
  expect(() => apply(type, 'Any', properties)).toThrow(`property ${Object.keys(properties)[0]} of ${type}`);
});
