import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from '../sqs/sqs.service.ts';
import { createEventbridge } from './eventbridge.service.ts';

let folder: string;
let stack: TestStack;
let failure: AwsError | undefined;
let invocations: { atMs: number; input: { readonly Payload: string }; caller: unknown }[];

/** Stands for Lambda: takes invocations, or fails them with `failure`. */
function fakeLambda(kernel: Kernel): Service {
  return {
    name: 'lambda',
    protocol: { kind: 'aws-json', version: '1.1', target: 'FakeLambda' },
    operations: {
      Invoke: (input, { principal }) => {
        invocations.push({ atMs: kernel.clock.nowMs(), input, caller: principal });
        if (failure) throw failure;
        return { StatusCode: 202 };
      },
    },
  };
}

async function start(startMs?: number): Promise<void> {
  const path = join(folder, 'state.sqlite');
  stack = await startTestStack([createSqs, fakeLambda, createEventbridge], { path, ...(startMs ? { startMs } : {}) });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'events-delivery-'));
  failure = undefined;
  invocations = [];
  await start();
  await new SQSClient(stack.clientConfig).send(new CreateQueueCommand({ QueueName: 'Dead' }));
});
afterEach(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

const functionArn = 'arn:aws:lambda:sa-east-1:000000000000:function:alert';

function rule(properties: Record<string, unknown>, target: Record<string, unknown> = {}): string {
  const resource = stack.kernel.service('events').resources?.['AWS::Events::Rule'];
  const Targets = [{ Id: 'function', Arn: functionArn, ...target }];
  const definition = { logicalId: 'Any', type: 'AWS::Events::Rule', properties: { ...properties, Targets } };
  return String(resource?.apply(definition).attributes.Arn);
}

async function put(): Promise<void> {
  const Entries = [{ Source: 'brokerage', DetailType: 'T', Detail: '{}' }];
  await new EventBridgeClient(stack.clientConfig).send(new PutEventsCommand({ Entries }));
  await stack.kernel.activity.idle();
}

async function dead(): Promise<Message[]> {
  const QueueUrl = `${stack.endpoint}/${stack.kernel.accountId}/Dead`;
  const command = new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] });
  return (await new SQSClient(stack.clientConfig).send(command)).Messages ?? [];
}

const pattern = { EventPattern: { source: ['brokerage'] } };
const deadLetters = () => ({ DeadLetterConfig: { Arn: stack.kernel.arn('sqs', 'Dead') } });
const unavailable = new AwsError('ServiceException', 'busy', { status: 500 });

it('invokes a function as the rule', async () => {
  const sourceArn = rule(pattern, { Input: '{"a":1}' });
  await put();
  expect(invocations).toMatchObject([
    {
      input: { FunctionName: functionArn, InvocationType: 'Event', Payload: '{"a":1}' },
      caller: { kind: 'service', service: 'events.amazonaws.com', sourceArn },
    },
  ]);
});

it('retries as often as the rule says, then gives the event to its dead-letter queue', async () => {
  const arn = rule(pattern, { ...deadLetters(), RetryPolicy: { MaximumRetryAttempts: 2 } });
  failure = unavailable;
  await put();
  await stack.advance(60_000);
  expect(invocations).toHaveLength(3);
  const [message] = await dead();
  expect(JSON.parse(message?.Body ?? '').source).toBe('brokerage');
  const attributes = Object.entries(message?.MessageAttributes ?? {}).map(([name, value]) => [name, value.StringValue]);
  expect(Object.fromEntries(attributes)).toEqual({
    RULE_ARN: arn,
    TARGET_ARN: functionArn,
    ERROR_CODE: 'ServiceException',
    ERROR_MESSAGE: 'busy',
    RETRY_ATTEMPTS: '2',
    EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
  });
});

it('stops retrying an event that is too old', async () => {
  rule(pattern, { ...deadLetters(), RetryPolicy: { MaximumEventAgeInSeconds: 60 } });
  failure = unavailable;
  await put();
  await stack.advance(600_000);
  const [message] = await dead();
  expect(message?.MessageAttributes?.EXHAUSTED_RETRY_CONDITION?.StringValue).toBe('MaximumEventAgeInSeconds');
});

it('does not retry what the target refuses for good', async () => {
  rule(pattern, deadLetters());
  failure = new AwsError('ResourceNotFoundException', 'no such function', { status: 404 });
  await put();
  await stack.advance(600_000);
  expect(invocations).toHaveLength(1);
  expect((await dead())[0]?.MessageAttributes?.ERROR_CODE?.StringValue).toBe('ResourceNotFoundException');
});

it('keeps an event that waits for its retry, and the rule itself, over a restart', async () => {
  rule(pattern);
  failure = unavailable;
  await put();
  const nowMs = stack.clock.nowMs();
  await stack.close();
  failure = undefined;
  invocations = [];
  await start(nowMs);
  await stack.advance(1_000);
  expect(invocations).toHaveLength(1);
  await put();
  expect(invocations).toHaveLength(2);
});

it('runs a rate from the rule’s creation and a cron in UTC, and makes up for nothing after a restart', async () => {
  const startMs = stack.clock.nowMs();
  const minutes = () => invocations.map(({ atMs }) => (atMs - startMs) / 60_000);
  rule({ ScheduleExpression: 'rate(10 minutes)' });
  await stack.advance(25 * 60_000);
  expect(minutes()).toEqual([10, 20]);
  const payload = JSON.parse(invocations[0]?.input.Payload ?? '');
  expect(payload).toMatchObject({
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    time: '2026-03-02T12:10:00Z',
  });

  await stack.close();
  await start(startMs + 47 * 60_000);
  rule({ ScheduleExpression: 'rate(10 minutes)' });
  await stack.advance(5 * 60_000);
  expect(minutes()).toEqual([10, 20, 50]);

  rule({ ScheduleExpression: 'cron(30 13 * * ? *)' });
  await stack.advance(24 * 3_600_000);
  expect(minutes()).toEqual([10, 20, 50, 90]);
  rule({ ScheduleExpression: 'cron(30 13 * * ? *)', State: 'DISABLED' });
  await stack.advance(24 * 3_600_000);
  expect(minutes()).toHaveLength(4);
});
