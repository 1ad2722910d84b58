import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createKms } from '../kms/kms.service.ts';
import { createSecretsManager } from './secretsmanager.service.ts';

const SecretId = 'exchange-credentials';
const RotationLambdaARN = 'arn:aws:lambda:sa-east-1:000000000000:function:rotate';
const TOKEN = '22222222-2222-4222-8222-222222222222';
const DAY_MS = 86_400_000;
const ADMINISTRATOR = { kind: 'administrator', accessKeyId: 'test' } as const;

interface Step {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
}

let stack: TestStack;
let client: SecretsManagerClient;
let steps: string[];
/** Steps that fail, each once. */
let failing: string[];

/** Stands for Lambda with one function, which rotates as AWS's templates do. */
function createRotator(kernel: Kernel): Service {
  const secrets = (operation: string, input: object) =>
    kernel.call('secretsmanager', operation, input, ADMINISTRATOR) as Record<string, string>;
  const run = ({ Step, SecretId: arn, ClientRequestToken: token }: Step): void => {
    if (Step === 'createSecret') {
      const VersionStages = ['AWSPENDING'];
      secrets('PutSecretValue', {
        SecretId: arn,
        ClientRequestToken: token,
        SecretString: `new ${token}`,
        VersionStages,
      });
    }
    if (Step !== 'finishSecret') return;
    const { VersionId } = secrets('GetSecretValue', { SecretId: arn });
    const move = { VersionStage: 'AWSCURRENT', MoveToVersionId: token, RemoveFromVersionId: VersionId };
    secrets('UpdateSecretVersionStage', { SecretId: arn, ...move });
  };
  return {
    name: 'lambda',
    protocol: { kind: 'aws-json', version: '1.1', target: 'none' },
    operations: {
      Invoke: async (input: { FunctionName: string; Payload: string }, { principal }) => {
        expect(principal).toMatchObject({ service: 'secretsmanager.amazonaws.com' });
        expect(input.FunctionName).toBe(RotationLambdaARN);
        const step = JSON.parse(input.Payload) as Step;
        steps.push(step.Step);
        if (failing.includes(step.Step)) {
          failing = failing.filter((name) => name !== step.Step);
          return { FunctionError: 'Unhandled', Payload: '{"errorMessage":"away"}' };
        }
        run(step);
        return { StatusCode: 200 };
      },
    },
  };
}

const ALL_STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

beforeEach(async () => {
  steps = [];
  failing = [];
  stack = await startTestStack([(kernel) => createKms(kernel), createSecretsManager, createRotator]);
  client = new SecretsManagerClient(stack.clientConfig);
  apply('AWS::SecretsManager::Secret', { Name: SecretId, SecretString: 'first' });
});
afterEach(() => stack.close());

function apply(type: string, properties: Record<string, unknown>): void {
  const resource = stack.kernel.service('secretsmanager').resources?.[type];
  if (!resource) throw new Error(`no ${type}`);
  resource.apply({ logicalId: 'Resource', type, properties });
}

const schedule = (RotationRules: object, RotateImmediatelyOnUpdate = false) =>
  apply('AWS::SecretsManager::RotationSchedule', {
    SecretId,
    RotationLambdaARN,
    RotationRules,
    RotateImmediatelyOnUpdate,
  });
const rotate = (input: object = {}) =>
  client.send(new RotateSecretCommand({ SecretId, ClientRequestToken: TOKEN, ...input }));
const value = async (VersionStage = 'AWSCURRENT') =>
  (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;
const describe = () => client.send(new DescribeSecretCommand({ SecretId }));

it('runs the four steps in their order, and keeps the former value as the previous one', async () => {
  schedule({ AutomaticallyAfterDays: 30 });
  expect(await rotate()).toMatchObject({ Name: SecretId, VersionId: TOKEN });
  await stack.advance(0);
  expect(steps).toEqual(ALL_STEPS);
  expect([await value(), await value('AWSPREVIOUS')]).toEqual([`new ${TOKEN}`, 'first']);
  expect(await describe()).toMatchObject({
    RotationEnabled: true,
    RotationLambdaARN,
    LastRotatedDate: new Date(stack.clock.nowMs()),
    NextRotationDate: new Date(stack.clock.nowMs() + 30 * DAY_MS),
  });
});

it('tells the function by a label that the version is to come, and has no value for it', async () => {
  schedule({ AutomaticallyAfterDays: 30 });
  failing = ['createSecret'];
  await rotate();
  await stack.advance(0);
  expect((await describe()).VersionIdsToStages).toMatchObject({ [TOKEN]: ['AWSPENDING'] });
  await expect(value('AWSPENDING')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it.each(ALL_STEPS)('tries all of it again after %s failed, and refuses another meanwhile', async (step) => {
  schedule({ AutomaticallyAfterDays: 30 });
  failing = [step];
  await rotate();
  await stack.advance(0);
  expect(await value()).toBe('first');
  await expect(rotate({ ClientRequestToken: TOKEN.replaceAll('2', '3') })).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  await stack.advance(60_000);
  expect(await value()).toBe(`new ${TOKEN}`);
  expect(steps.slice(-4)).toEqual(ALL_STEPS);
});

it.each([
  ['days', { AutomaticallyAfterDays: 1 }],
  ['a rate', { ScheduleExpression: 'rate(1 day)', Duration: '3h' }],
  ['a calendar', { ScheduleExpression: 'cron(0 12 * * ? *)' }],
])('rotates by %s', async (_, rules) => {
  schedule(rules);
  stack.kernel.service('secretsmanager').start?.();
  await stack.advance(DAY_MS - 1);
  expect(steps).toEqual([]);
  await stack.advance(1);
  expect(steps).toEqual(ALL_STEPS);
  await stack.advance(DAY_MS);
  expect(steps).toEqual([...ALL_STEPS, ...ALL_STEPS]);
});

it('rotates at once when the schedule says so, and not again for the same schedule', async () => {
  schedule({ AutomaticallyAfterDays: 30 }, true);
  stack.kernel.service('secretsmanager').start?.();
  await stack.advance(0);
  expect(steps).toEqual(ALL_STEPS);
  schedule({ AutomaticallyAfterDays: 30 }, true);
  stack.kernel.service('secretsmanager').start?.();
  await stack.advance(DAY_MS);
  expect(steps).toEqual(ALL_STEPS);
});

it('does not rotate what no function is named for', async () => {
  await expect(rotate()).rejects.toMatchObject({ name: 'InvalidRequestException' });
});

it.each<[string, Record<string, unknown>]>([
  ['RotationRules take either', {}],
  ['RotationRules take either', { AutomaticallyAfterDays: 1, ScheduleExpression: 'rate(1 day)' }],
  ['AutomaticallyAfterDays must be from 1 to 1000', { AutomaticallyAfterDays: 1_001 }],
  ['Invalid ScheduleExpression', { ScheduleExpression: 'daily' }],
  ['Duration must be hours', { AutomaticallyAfterDays: 1, Duration: '3' }],
  ['property Weekly of RotationRules', { Weekly: true }],
])('refuses rules: %s', (message, rules) => {
  expect(() => schedule(rules)).toThrow(message);
});
