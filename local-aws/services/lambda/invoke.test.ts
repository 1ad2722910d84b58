import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AwsServer, startAwsServer } from '../../server/aws-server.ts';
import { type LambdaFixture, startLambdaFixture } from '../../testing/lambda-fixture.ts';
import { createSqs } from '../sqs/sqs.service.ts';

let fixture: LambdaFixture;
let server: AwsServer;
let client: LambdaClient;

beforeEach(async () => {
  fixture = await startLambdaFixture({
    services: [createSqs],
    functions: {
      echo: 'exports.handler = async (event, context) => ({ event, name: context.functionName });',
      broken: `let runs = 0; exports.handler = async () => { console.log(JSON.stringify(++runs)); throw new RangeError('too far'); };`,
      narrow: 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 1000));',
      pair: 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 1000));',
    },
    functionProperties: { narrow: { ReservedConcurrentExecutions: 1 }, pair: { ReservedConcurrentExecutions: 2 } },
    resources: {
      Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } },
      BrokenConfig: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'broken' },
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 1,
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
        },
      },
    },
  });
  server = await startAwsServer(fixture.kernel, { port: 0 });
  client = new LambdaClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'sa-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await server.close();
  await fixture.close();
});

async function invoke(FunctionName: string, options: Partial<InvokeCommand['input']> = {}) {
  const answer = await client.send(new InvokeCommand({ FunctionName, ...options }));
  const text = Buffer.from(answer.Payload ?? []).toString();
  return { status: answer.StatusCode, error: answer.FunctionError, payload: text ? JSON.parse(text) : undefined };
}

it('answers with what the handler returned', async () => {
  const answer = await invoke('echo', { Payload: Buffer.from('{"a":1}') });
  expect(answer).toEqual({ status: 200, error: undefined, payload: { event: { a: 1 }, name: 'echo' } });
});

it('finds a function by its ARN', async () => {
  expect((await invoke(fixture.kernel.arn('lambda', 'function:echo'))).payload.name).toBe('echo');
});

it('answers a handler error with 200, FunctionError and the error as payload', async () => {
  expect(await invoke('broken')).toMatchObject({
    status: 200,
    error: 'Unhandled',
    payload: { errorType: 'RangeError', errorMessage: 'too far' },
  });
});

it('refuses an unknown function', async () => {
  await expect(invoke('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('only checks on DryRun', async () => {
  expect((await invoke('broken', { InvocationType: 'DryRun' })).status).toBe(204);
  expect(fixture.logged).toEqual([]);
});

it('retries an event as often as configured, then hands it to the failure destination', async () => {
  expect((await invoke('broken', { InvocationType: 'Event', Payload: Buffer.from('{"n":7}') })).status).toBe(202);
  await fixture.idle();
  expect(fixture.logged).toEqual([1]);
  await fixture.advance(120_000);
  expect(fixture.logged).toEqual([1, 2]);
  const { Messages } = await fixture.call('sqs', 'ReceiveMessage', {
    QueueUrl: 'http://localhost/000000000000/failures',
  });
  const record = JSON.parse((Messages as { Body: string }[])[0]?.Body ?? '{}');
  expect(record).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
    requestPayload: { n: 7 },
  });
});

it('throttles beyond the reserved concurrency', async () => {
  const first = invoke('narrow');
  const second = invoke('narrow');
  await expect(Promise.race([first, second])).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  await fixture.advance(1_000);
  await Promise.allSettled([first, second]);
});

it('runs as many at once as are reserved, though they wait for an environment', async () => {
  const three = [invoke('pair'), invoke('pair'), invoke('pair')];
  await expect(Promise.race(three)).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
  await fixture.advance(2_000);
  const settled = await Promise.allSettled(three);
  expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
});

it('keeps 100 of the account’s executions for functions that reserve none', () => {
  const functions = { a: 'exports.handler = async () => 1;', b: 'exports.handler = async () => 1;' };
  const reserving = (a: number, b: number) =>
    startLambdaFixture({
      services: [],
      functions,
      functionProperties: { a: { ReservedConcurrentExecutions: a }, b: { ReservedConcurrentExecutions: b } },
    });
  const refused = 'UnreservedConcurrentExecution below its minimum value of [100]';
  return Promise.all([
    expect(reserving(450, 451)).rejects.toThrow(refused),
    reserving(450, 450).then((within) => within.close()),
  ]);
});
