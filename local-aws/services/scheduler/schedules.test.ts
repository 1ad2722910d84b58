import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { AppliedResource, Service } from '../../kernel/service.ts';
import { startTestStack, TEST_START_MS, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from '../sqs/sqs.service.ts';
import { createScheduler } from './scheduler.service.ts';

let folder: string;
let stack: TestStack;
let failure: AwsError | undefined;
let runs: { atMs: number; payload: string; caller: unknown }[];

/** Stands for Lambda: takes invocations, or fails them with `failure`. */
function fakeLambda(kernel: Kernel): Service {
  return {
    name: 'lambda',
    protocol: { kind: 'aws-json', version: '1.1', target: 'FakeLambda' },
    operations: {
      Invoke: ({ Payload }, { principal }) => {
        runs.push({ atMs: kernel.clock.nowMs(), payload: Payload, caller: principal });
        if (failure) throw failure;
        return { StatusCode: 202 };
      },
    },
  };
}

async function start(startMs = TEST_START_MS): Promise<void> {
  const path = join(folder, 'state.sqlite');
  stack = await startTestStack([createSqs, fakeLambda, createScheduler], { path, startMs });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scheduler-'));
  failure = undefined;
  runs = [];
  await start();
});
afterEach(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

const Target = {
  Arn: 'arn:aws:lambda:sa-east-1:000000000000:function:sweeper',
  RoleArn: 'arn:aws:iam::000000000000:role/scheduler',
};

function apply(type: string, logicalId: string, properties: Record<string, unknown>): AppliedResource {
  const resource = stack.kernel.service('scheduler').resources?.[type];
  if (!resource) throw new Error(`no ${type}`);
  return resource.apply({ logicalId, type, properties });
}

function schedule(properties: Record<string, unknown>): AppliedResource {
  const defaults = { FlexibleTimeWindow: { Mode: 'OFF' }, Target };
  return apply('AWS::Scheduler::Schedule', 'Sweep', { ...defaults, ...properties });
}

/** Local times of the runs so far. */
const times = () => runs.map(({ atMs }) => new Date(atMs).toISOString().slice(5, 16));

it('runs a rate at once and then at its pace, over a restart too, without making up for what was missed', async () => {
  const properties = { ScheduleExpression: 'rate(1 minute)', Target: { ...Target, Input: '{"sweep":true}' } };
  const { attributes } = schedule(properties);
  await stack.advance(150_000);
  expect(times()).toEqual(['03-02T12:00', '03-02T12:01', '03-02T12:02']);
  expect(runs[0]).toMatchObject({
    payload: '{"sweep":true}',
    caller: { kind: 'service', service: 'scheduler.amazonaws.com', sourceArn: attributes.Arn },
  });
  await stack.close();
  runs = [];
  await start(TEST_START_MS + 330_000);
  schedule(properties);
  await stack.advance(60_000);
  expect(times()).toEqual(['03-02T12:06']);
});

it('reads a cron in its time zone, at 18:00 of São Paulo on working days', async () => {
  schedule({ ScheduleExpression: 'cron(0 18 ? * MON-FRI *)', ScheduleExpressionTimezone: 'America/Sao_Paulo' });
  await stack.advance(7 * 86_400_000);
  expect(times()).toEqual(['03-02T21:00', '03-03T21:00', '03-04T21:00', '03-05T21:00', '03-06T21:00']);
});

it('runs a one-time schedule once, in its time zone, and none that is past', async () => {
  schedule({ ScheduleExpression: 'at(2026-03-02T10:30:00)', ScheduleExpressionTimezone: 'America/Sao_Paulo' });
  await stack.advance(86_400_000);
  expect(times()).toEqual(['03-02T13:30']);
  schedule({ ScheduleExpression: 'at(2026-03-02T10:30:00)' });
  await stack.advance(86_400_000);
  expect(runs).toHaveLength(1);
});

it('keeps between its start and its end', async () => {
  schedule({ ScheduleExpression: 'rate(1 hour)', StartDate: '2026-03-02T14:30:00Z', EndDate: '2026-03-02T16:45:00Z' });
  await stack.advance(86_400_000);
  expect(times()).toEqual(['03-02T14:30', '03-02T15:30', '03-02T16:30']);
});

it('stops when disabled and follows a change', async () => {
  schedule({ ScheduleExpression: 'cron(0 * * * ? *)' });
  await stack.advance(3_600_000);
  schedule({ ScheduleExpression: 'cron(0 * * * ? *)', State: 'DISABLED' });
  await stack.advance(3_600_000);
  schedule({ ScheduleExpression: 'cron(30 * * * ? *)' });
  await stack.advance(3_600_000);
  expect(times()).toEqual(['03-02T13:00', '03-02T14:30']);
});

it('sends to queues, with context attributes filled in, and dead-letters what a target refuses', async () => {
  const sqs = new SQSClient(stack.clientConfig);
  for (const QueueName of ['Work', 'Dead']) await sqs.send(new CreateQueueCommand({ QueueName }));
  const received = async (name: string): Promise<Message[]> => {
    const QueueUrl = `${stack.endpoint}/${stack.kernel.accountId}/${name}`;
    return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }))).Messages ?? [];
  };
  const ScheduleExpression = 'cron(0 13 * * ? *)';
  const Input = '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}';
  const { attributes } = schedule({
    ScheduleExpression,
    Target: { ...Target, Arn: stack.kernel.arn('sqs', 'Work'), Input },
  });
  await stack.advance(3_600_000);
  const [message] = await received('Work');
  expect(JSON.parse(message?.Body ?? '')).toEqual({ at: '2026-03-02T13:00:00Z', by: attributes.Arn });

  failure = new AwsError('ServiceException', 'busy', { status: 500 });
  const RetryPolicy = { MaximumRetryAttempts: 1 };
  const DeadLetterConfig = { Arn: stack.kernel.arn('sqs', 'Dead') };
  schedule({ ScheduleExpression, Target: { ...Target, RetryPolicy, DeadLetterConfig } });
  await stack.advance(86_400_000 + 60_000);
  expect(runs).toHaveLength(2);
  const [dead] = await received('Dead');
  expect(JSON.parse(dead?.Body ?? '')).toMatchObject({
    source: 'aws.scheduler',
    resources: [attributes.Arn],
    detail: '{}',
  });
  expect(dead?.MessageAttributes).toMatchObject({
    SCHEDULE_ARN: { StringValue: attributes.Arn },
    EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
  });
});

it('gives name and ARN, in a group too', () => {
  const group = apply('AWS::Scheduler::ScheduleGroup', 'Ops', { Name: 'Ops' });
  expect(group).toEqual({ ref: 'Ops', attributes: { Arn: stack.kernel.arn('scheduler', 'schedule-group/Ops') } });
  const ScheduleExpression = 'rate(1 day)';
  expect(schedule({ ScheduleExpression, Name: 'sweep', GroupName: 'Ops' })).toEqual({
    ref: 'sweep',
    attributes: { Arn: stack.kernel.arn('scheduler', 'schedule/Ops/sweep') },
  });
  expect(() => schedule({ ScheduleExpression, GroupName: 'None' })).toThrow('group None does not exist');
});

it.each<[string, Record<string, unknown>]>([
  ['Invalid Schedule Expression', { ScheduleExpression: 'every day' }],
  ['ScheduleExpressionTimezone America/Nowhere', { ScheduleExpressionTimezone: 'America/Nowhere' }],
  ['FlexibleTimeWindow FLEXIBLE', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } }],
  ['State OFF', { State: 'OFF' }],
  ['StartDate soon', { StartDate: 'soon' }],
  ['property KmsKeyArn', { KmsKeyArn: 'k' }],
  ['needs Arn and RoleArn', { Target: { Arn: Target.Arn } }],
  ['schedule target arn:aws:states', { Target: { ...Target, Arn: 'arn:aws:states:r:1:stateMachine:m' } }],
  ['property SqsParameters', { Target: { ...Target, SqsParameters: {} } }],
  ['attempt-number', { Target: { ...Target, Input: '<aws.scheduler.attempt-number>' } }],
  ['RetryPolicy.MaximumEventAgeInSeconds', { Target: { ...Target, RetryPolicy: { MaximumEventAgeInSeconds: 59 } } }],
])('refuses: %s', (message, properties) => {
  expect(() => schedule({ ScheduleExpression: 'rate(1 minute)', ...properties })).toThrow(message);
});
