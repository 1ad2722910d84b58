import { afterEach, expect, it } from 'vitest';
import { type FixtureOptions, type LambdaFixture, startLambdaFixture } from '../../testing/lambda-fixture.ts';
import { createSqs } from '../sqs/sqs.service.ts';

/** Logs the bodies of each batch; fails the messages whose body says so. */
const WORKER = `
exports.handler = async ({ Records }) => {
  console.log(JSON.stringify(Records.map(({ body }) => body)));
  if (Records.some(({ body }) => body === 'throw')) throw new Error('asked to');
  if (Records.some(({ body }) => body === 'malformed')) return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };
  const failed = Records.filter(({ body }) => body.startsWith('fail'));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

const VISIBILITY_MS = 30_000;
let fixture: LambdaFixture;
afterEach(() => fixture.close());

async function start(mapping: object = {}, options: Partial<FixtureOptions> = {}): Promise<void> {
  fixture = await startLambdaFixture({
    services: [createSqs],
    functions: { worker: WORKER },
    resources: {
      Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      Work: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          QueueName: 'work',
          VisibilityTimeout: VISIBILITY_MS / 1000,
          RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
          FunctionName: { Ref: 'worker' },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ...mapping,
        },
      },
    },
    ...options,
  });
}

const url = (name: string) => `http://localhost/000000000000/${name}`;

async function send(...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies) await fixture.call('sqs', 'SendMessage', { QueueUrl: url('work'), MessageBody });
}

async function depth(name: string): Promise<{ visible: number; hidden: number }> {
  const { Attributes } = await fixture.call('sqs', 'GetQueueAttributes', {
    QueueUrl: url(name),
    AttributeNames: ['All'],
  });
  const counts = Attributes as Record<string, string>;
  return {
    visible: Number(counts.ApproximateNumberOfMessages),
    hidden: Number(counts.ApproximateNumberOfMessagesNotVisible),
  };
}

it('delivers what is sent as one batch and deletes it', async () => {
  await start();
  await send('a', 'b', 'c');
  await fixture.idle();
  expect(fixture.logged).toEqual([['a', 'b', 'c']]);
  expect(await depth('work')).toEqual({ visible: 0, hidden: 0 });
});

it('keeps only the reported failures, and moves them after three receives', async () => {
  await start();
  await send('a', 'fail', 'b');
  await fixture.idle();
  expect(await depth('work')).toEqual({ visible: 0, hidden: 1 });
  await fixture.advance(3 * VISIBILITY_MS);
  expect(fixture.logged).toEqual([['a', 'fail', 'b'], ['fail'], ['fail']]);
  expect(await depth('dead')).toEqual({ visible: 1, hidden: 0 });
});

it.each(['throw', 'malformed'])('%s: the whole batch stays', async (poison) => {
  await start();
  await send('a', poison);
  await fixture.idle();
  expect(await depth('work')).toEqual({ visible: 0, hidden: 2 });
});

it('waits for the batching window, not longer', async () => {
  await start({ MaximumBatchingWindowInSeconds: 2 });
  await send('a');
  await fixture.advance(1_000);
  await send('b');
  await fixture.idle();
  expect(fixture.logged).toEqual([]);
  await fixture.advance(1_000);
  expect(fixture.logged).toEqual([['a', 'b']]);
});

it('runs several batches at once, as many as the mapping allows', async () => {
  const slow = `
    let running = 0;
    exports.handler = async ({ Records }) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      console.log(JSON.stringify(Date.now()));
    };`;
  await start(
    { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } },
    { functions: { worker: slow }, functionProperties: { worker: { Timeout: 10 } } },
  );
  const startMs = fixture.clock.nowMs();
  await send('a', 'b', 'c', 'd');
  await fixture.advance(2_000);
  expect(fixture.logged).toEqual([startMs + 1000, startMs + 1000, startMs + 2000, startMs + 2000]);
});

it('brings back what a throttled function could not take', async () => {
  const slow = `
    exports.handler = async ({ Records }) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      console.log(JSON.stringify(Records.map(({ body }) => body)));
    };`;
  await start(
    { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } },
    { functions: { worker: slow }, functionProperties: { worker: { Timeout: 10, ReservedConcurrentExecutions: 1 } } },
  );
  await send('a', 'b');
  await fixture.advance(1_000);
  expect(fixture.logged).toEqual([['a']]);
  expect(await depth('work')).toEqual({ visible: 0, hidden: 1 });
  await fixture.advance(VISIBILITY_MS);
  expect(fixture.logged).toEqual([['a'], ['b']]);
});

it('takes only what its filter lets through, and deletes the rest', async () => {
  await start({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] } });
  await send('{"kind":"order"}', '{"kind":"other"}');
  await fixture.idle();
  expect(fixture.logged).toEqual([['{"kind":"order"}']]);
  expect(await depth('work')).toEqual({ visible: 0, hidden: 0 });
});

it('is refused over a queue whose messages come back before the function ends', async () => {
  const starting = start({}, { functionProperties: { worker: { Timeout: 60 } } });
  await expect(starting).rejects.toThrow(
    'Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
  );
  await start();
});
