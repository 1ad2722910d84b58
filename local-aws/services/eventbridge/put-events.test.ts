import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AppliedResource } from '../../kernel/service.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSns } from '../sns/sns.service.ts';
import { createSqs } from '../sqs/sqs.service.ts';
import { createEventbridge } from './eventbridge.service.ts';

let stack: TestStack;
let events: EventBridgeClient;
let sqs: SQSClient;

beforeEach(async () => {
  stack = await startTestStack([createSqs, createSns, createEventbridge]);
  events = new EventBridgeClient(stack.clientConfig);
  sqs = new SQSClient(stack.clientConfig);
  await sqs.send(new CreateQueueCommand({ QueueName: 'Alerts' }));
});
afterEach(() => stack.close());

function apply(service: string, type: string, logicalId: string, properties: Record<string, unknown>): AppliedResource {
  const resource = stack.kernel.service(service).resources?.[type];
  if (!resource) throw new Error(`no ${type}`);
  return resource.apply({ logicalId, type, properties });
}

const rule = (name: string, properties: Record<string, unknown>) =>
  apply('events', 'AWS::Events::Rule', name, properties);
const queueArn = (name = 'Alerts') => stack.kernel.arn('sqs', name);

async function put(...Entries: PutEventsRequestEntry[]) {
  const answer = await events.send(new PutEventsCommand({ Entries }));
  await stack.kernel.activity.idle();
  return answer;
}

const order = (detail: object = {}, EventBusName?: string): PutEventsRequestEntry => ({
  Source: 'brokerage.orders',
  DetailType: 'OrderFilled',
  Detail: JSON.stringify(detail),
  ...(EventBusName ? { EventBusName } : {}),
});

async function received(queueName = 'Alerts'): Promise<string[]> {
  const QueueUrl = `${stack.endpoint}/${stack.kernel.accountId}/${queueName}`;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body = '' }) => Body);
}

it('sends the whole event to the targets of rules it matches', async () => {
  rule('Large', {
    EventPattern: { source: ['brokerage.orders'], detail: { valueCents: [{ numeric: ['>', 10_000_000] }] } },
    Targets: [{ Id: 'queue', Arn: queueArn() }],
  });
  const time = new Date('2026-03-02T10:11:12Z');
  const { Entries, FailedEntryCount } = await put(
    { ...order({ valueCents: 10_000_001 }), Resources: ['arn:x'], Time: time },
    order({ valueCents: 10_000_000 }),
  );
  expect(FailedEntryCount).toBe(0);
  expect((await received()).map((body) => JSON.parse(body))).toEqual([
    {
      version: '0',
      id: Entries?.[0]?.EventId,
      'detail-type': 'OrderFilled',
      source: 'brokerage.orders',
      account: '000000000000',
      time: '2026-03-02T10:11:12Z',
      region: 'sa-east-1',
      resources: ['arn:x'],
      detail: { valueCents: 10_000_001 },
    },
  ]);
});

it('counts the entries it refuses and takes the others', async () => {
  rule('All', { EventPattern: { source: [{ exists: true }] }, Targets: [{ Id: 'queue', Arn: queueArn() }] });
  const { Entries, FailedEntryCount } = await put(
    { ...order(), Source: '' },
    { ...order(), Detail: 'not json' },
    { ...order(), Detail: '[]' },
    { ...order(), Source: 'aws.sqs' },
    order({}, 'None'),
    order({ good: true }),
  );
  expect(FailedEntryCount).toBe(5);
  expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    'InvalidArgument',
    'MalformedDetail',
    'MalformedDetail',
    'NotAuthorizedForSourceException',
    'ResourceNotFoundException',
    undefined,
  ]);
  expect((await received()).map((body) => JSON.parse(body).detail)).toEqual([{ good: true }]);
});

it('refuses more than ten entries, none, and more than 1 MB', async () => {
  const refused = { name: 'ValidationException' };
  await expect(put(...Array.from({ length: 11 }, () => order()))).rejects.toMatchObject(refused);
  await expect(put()).rejects.toMatchObject(refused);
  const large = order({ text: 'x'.repeat(524_288) });
  await expect(put(large, large)).rejects.toMatchObject(refused);
});

it('keeps buses apart, and forwards from one to another but no further', async () => {
  for (const name of ['First', 'Second', 'Third']) apply('events', 'AWS::Events::EventBus', name, { Name: name });
  for (const name of ['FirstQ', 'SecondQ', 'ThirdQ']) await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const busArn = (name: string) => stack.kernel.arn('events', `event-bus/${name}`);
  const EventPattern = { source: ['brokerage.orders'] };
  const forward = (from: string, to: string | undefined) =>
    rule(`${from}Rule`, {
      EventBusName: from,
      EventPattern,
      Targets: [
        { Id: 'queue', Arn: queueArn(`${from}Q`) },
        ...(to ? [{ Id: 'bus', Arn: busArn(to), RoleArn: 'arn:aws:iam::000000000000:role/r' }] : []),
      ],
    });
  forward('First', 'Second');
  forward('Second', 'Third');
  forward('Third', undefined);
  rule('DefaultRule', { EventPattern, Targets: [{ Id: 'queue', Arn: queueArn() }] });
  await put(order({}, 'First'), order({}, busArn('Third')));
  expect(await received('FirstQ')).toHaveLength(1);
  expect(await received('SecondQ')).toHaveLength(1);
  expect(await received('ThirdQ')).toHaveLength(1);
  expect(await received()).toEqual([]);
});

it('publishes to topics', async () => {
  const topic = apply('sns', 'AWS::SNS::Topic', 'Events', {});
  apply('sns', 'AWS::SNS::Subscription', 'Subscription', {
    TopicArn: topic.ref,
    Protocol: 'sqs',
    Endpoint: queueArn(),
    RawMessageDelivery: true,
  });
  rule('ToTopic', {
    EventPattern: { source: ['brokerage.orders'] },
    Targets: [{ Id: 't', Arn: topic.ref, InputPath: '$.detail' }],
  });
  await put(order({ id: 1 }));
  expect(await received()).toEqual(['{"id":1}']);
});

it('passes over a disabled rule', async () => {
  const properties = { EventPattern: { source: ['brokerage.orders'] }, Targets: [{ Id: 'queue', Arn: queueArn() }] };
  rule('Any', { ...properties, State: 'DISABLED' });
  await put(order());
  expect(await received()).toEqual([]);
  rule('Any', properties);
  await put(order());
  expect(await received()).toHaveLength(1);
});

it('gives name and ARN, on the default bus and on others', () => {
  apply('events', 'AWS::Events::EventBus', 'Orders', { Name: 'Orders' });
  const properties = { EventPattern: { source: ['a'] } };
  expect(rule('Any', properties)).toEqual({ ref: 'Any', attributes: { Arn: stack.kernel.arn('events', 'rule/Any') } });
  expect(rule('Any', { ...properties, EventBusName: 'Orders' })).toEqual({
    ref: 'Orders|Any',
    attributes: { Arn: stack.kernel.arn('events', 'rule/Orders/Any') },
  });
});

it.each([
  ['property Colour', { Colour: 'red', EventPattern: { a: ['b'] } }],
  ['must be specified', {}],
  ['Event pattern is not valid', { EventPattern: { a: 'b' } }],
  ['ScheduleExpression is not valid', { ScheduleExpression: 'every day' }],
  ['ScheduleExpression is not valid', { ScheduleExpression: 'at(2026-01-01T00:00:00)' }],
  ['at most 5 targets', { EventPattern: { a: ['b'] }, Targets: Array(6).fill({ Id: 'q', Arn: 'arn:aws:sqs:r:1:q' }) }],
  ['rule target', { EventPattern: { a: ['b'] }, Targets: [{ Id: 'k', Arn: 'arn:aws:kinesis:r:1:stream/s' }] }],
  [
    'property SqsParameters',
    { EventPattern: { a: ['b'] }, Targets: [{ Id: 'q', Arn: 'arn:aws:sqs:r:1:q', SqsParameters: {} }] },
  ],
  [
    'from 0 to 185',
    {
      EventPattern: { a: ['b'] },
      Targets: [{ Id: 'q', Arn: 'arn:aws:sqs:r:1:q', RetryPolicy: { MaximumRetryAttempts: 186 } }],
    },
  ],
])('refuses a rule: %s', (message, properties) => {
  expect(() => rule('Any', properties)).toThrow(message);
});

it('refuses a schedule on another bus', () => {
  apply('events', 'AWS::Events::EventBus', 'Orders', { Name: 'Orders' });
  const properties = { EventBusName: 'Orders', ScheduleExpression: 'rate(1 minute)' };
  expect(() => rule('Any', properties)).toThrow('only on the default event bus');
});
