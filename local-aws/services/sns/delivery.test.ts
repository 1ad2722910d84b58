import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from '../sqs/sqs.service.ts';
import { createSns } from './sns.service.ts';

let folder: string;
let stack: TestStack;
let failures: AwsError[];
let attemptsMs: number[];

/** SQS that fails its next deliveries with `failures`. */
function failingSqs(kernel: Kernel): Service {
  const sqs = createSqs(kernel);
  return {
    ...sqs,
    deliver: async (delivery) => {
      attemptsMs.push(kernel.clock.nowMs());
      const failure = failures.shift();
      if (failure) throw failure;
      await sqs.deliver?.(delivery);
    },
  };
}

const unavailable = () => new AwsError('ServiceUnavailable', 'busy', { status: 503 });

async function start(startMs?: number): Promise<void> {
  const path = join(folder, 'state.sqlite');
  stack = await startTestStack([failingSqs, createSns], { path, ...(startMs ? { startMs } : {}) });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sns-delivery-'));
  failures = [];
  attemptsMs = [];
  await start();
  const sqs = new SQSClient(stack.clientConfig);
  for (const QueueName of ['Audit', 'AuditDead']) await sqs.send(new CreateQueueCommand({ QueueName }));
  await new SNSClient(stack.clientConfig).send(new CreateTopicCommand({ Name: 'OrderEvents' }));
});
afterEach(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

async function subscribe(queueName: string, Attributes: Record<string, string> = {}): Promise<void> {
  const topic = { TopicArn: stack.kernel.arn('sns', 'OrderEvents'), Protocol: 'sqs' };
  const Endpoint = stack.kernel.arn('sqs', queueName);
  await new SNSClient(stack.clientConfig).send(new SubscribeCommand({ ...topic, Endpoint, Attributes }));
}

async function publish(Message: string): Promise<void> {
  const TopicArn = stack.kernel.arn('sns', 'OrderEvents');
  await new SNSClient(stack.clientConfig).send(new PublishCommand({ TopicArn, Message }));
  await stack.kernel.activity.idle();
}

async function received(queueName: string): Promise<(string | undefined)[]> {
  const QueueUrl = `${stack.endpoint}/${stack.kernel.accountId}/${queueName}`;
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
  const { Messages = [] } = await new SQSClient(stack.clientConfig).send(command);
  return Messages.map(({ Body }: Message) => Body);
}

it('retries a busy queue at once, then after a second, then ever more slowly', async () => {
  await subscribe('Audit', { RawMessageDelivery: 'true' });
  failures = Array.from({ length: 8 }, unavailable);
  await publish('a');
  const startMs = stack.clock.nowMs();
  await stack.advance(10_000);
  const delaysMs = attemptsMs.map((atMs) => atMs - startMs);
  expect(delaysMs).toEqual([0, 0, 0, 0, 1_000, 2_000, 3_349, 5_170, 7_626]);
  expect(await received('Audit')).toEqual(['a']);
});

it('keeps what could not be delivered over a restart', async () => {
  await subscribe('Audit', { RawMessageDelivery: 'true' });
  failures = Array.from({ length: 4 }, unavailable);
  await publish('a');
  expect(await received('Audit')).toEqual([]);
  const nowMs = stack.clock.nowMs();
  await stack.close();
  await start(nowMs);
  await stack.advance(1_000);
  expect(await received('Audit')).toEqual(['a']);
  await publish('b');
  expect((await received('Audit')).sort()).toEqual(['a', 'b']);
});

it('sends to the subscription’s dead-letter queue what its queue refuses, without retrying', async () => {
  const dead = { deadLetterTargetArn: stack.kernel.arn('sqs', 'AuditDead') };
  await subscribe('Gone', { RawMessageDelivery: 'true', RedrivePolicy: JSON.stringify(dead) });
  await subscribe('Audit', { RawMessageDelivery: 'true' });
  await publish('a');
  expect(await received('AuditDead')).toEqual(['a']);
  expect(await received('Audit')).toEqual(['a']);
  expect(attemptsMs).toHaveLength(3);
});

it('loses a refused message that has no dead-letter queue, as AWS does', async () => {
  await subscribe('Gone');
  await publish('a');
  await stack.advance(3_600_000);
  expect(attemptsMs).toHaveLength(1);
});
