import { METRIC_NAMESPACE } from '@brokerage/contracts/metric';
import { functionOf } from '@brokerage/contracts/routes/route';
import { ALL_ROUTES } from '@brokerage/contracts/routes/routes';
import { describe, expect, it } from 'vitest';
import { RESERVED_CONCURRENCY } from './reserved-concurrency.ts';
import { ENTRIES, type Reference, synthesize, targetOf } from './testing/synthesize.ts';

const local = synthesize();
const production = synthesize('production');

interface FunctionProperties {
  readonly FunctionName: string;
  readonly Role: Reference;
  readonly Runtime: string;
  readonly Architectures: readonly string[];
  readonly Timeout: number;
  readonly ReservedConcurrentExecutions?: number;
}
interface QueueProperties {
  readonly QueueName: string;
  readonly VisibilityTimeout?: number;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: Reference };
}
interface MappingProperties {
  readonly FunctionName: Reference;
  readonly EventSourceArn: Reference;
  readonly FunctionResponseTypes?: readonly string[];
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly ScalingConfig?: { readonly MaximumConcurrency: number };
}
interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}
interface AlarmProperties {
  readonly MetricName: string;
  readonly Namespace: string;
  readonly Dimensions?: readonly { readonly Value: Reference }[];
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

/** Statements of functions' roles, which hold them inline, and of the others', which have a policy beside them. */
const GRANTS: readonly (Statement & { readonly id: string })[] = [
  ...local
    .ofType<{ readonly Policies?: readonly Policy[] }>('AWS::IAM::Role')
    .flatMap(({ id, Properties }) => (Properties.Policies ?? []).map((policy) => ({ id, ...policy }))),
  ...local.ofType<Policy>('AWS::IAM::Policy').map(({ id, Properties }) => ({ id, ...Properties })),
].flatMap(({ id, PolicyDocument }) => PolicyDocument.Statement.map((statement) => ({ id, ...statement })));

const functions = local.ofType<FunctionProperties>('AWS::Lambda::Function');
const queues = local.ofType<QueueProperties>('AWS::SQS::Queue');
const mappings = local.ofType<MappingProperties>('AWS::Lambda::EventSourceMapping');
const alarms = local.ofType<AlarmProperties>('AWS::CloudWatch::Alarm');

const named = <Item extends { readonly id: string }>(items: readonly Item[], reference: Reference): Item | undefined =>
  items.find(({ id }) => id === targetOf(reference));

describe('functions', () => {
  it('are the handlers of the services, each once', () => {
    const names = ENTRIES.map((entry) => entry.slice(entry.indexOf('/') + 1));
    expect(functions.map(({ Properties }) => Properties.FunctionName).sort()).toEqual(names.sort());
  });

  it('have a role each', () => {
    const roles = functions.map(({ Properties }) => targetOf(Properties.Role));
    expect(new Set(roles).size).toBe(functions.length);
  });

  it('reserve executions for orders and webhooks, and leave the account those that AWS keeps', () => {
    const reserved = functions.flatMap(({ Properties }) => Properties.ReservedConcurrentExecutions ?? []);
    expect(reserved.length).toBe(Object.keys(RESERVED_CONCURRENCY).length);
    expect(reserved.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(1_000 - 100);
  });

  it('run as many batches at once as they have reserved, where they reserve any', () => {
    const scaled = mappings.flatMap(({ Properties }) => {
      const reserved = named(functions, Properties.FunctionName)?.Properties.ReservedConcurrentExecutions;
      return reserved === undefined ? [] : [[Properties.ScalingConfig?.MaximumConcurrency, reserved]];
    });
    expect(scaled.length).toBeGreaterThan(2);
    for (const [atOnce, reserved] of scaled) expect(atOnce).toBe(reserved);
  });

  it('run on Node 24 and arm64', () => {
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    }
  });
});

describe('rights', () => {
  /** IAM knows no resource for these actions, so that AWS itself asks for `*`. */
  const WITHOUT_RESOURCE = new Set([
    // of Lambda's poller: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
    'dynamodb:ListStreams',
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html
    'kinesis:ListStreams',
    // of a state machine's log: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
    ...['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries'].map(
      (action) => `logs:${action}`,
    ),
    ...['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'].map((action) => `logs:${action}`),
  ]);
  const statements = GRANTS.map((statement) => ({ ...statement, actions: [statement.Action].flat() }));
  /** API Gateway takes no role for its logs that names groups: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
  const OF_API_LOG = new Set(
    [
      ...['CreateLogGroup', 'CreateLogStream', 'DescribeLogGroups', 'DescribeLogStreams'],
      ...['PutLogEvents', 'GetLogEvents', 'FilterLogEvents'],
    ].map((action) => `logs:${action}`),
  );
  const needsAll = (id: string, action: string) =>
    WITHOUT_RESOURCE.has(action) || (id.startsWith('ApiLogRole') && OF_API_LOG.has(action));

  it('name every action', () => {
    expect(statements.length).toBeGreaterThan(functions.length);
    expect(statements.filter(({ actions }) => actions.some((action) => action.includes('*')))).toEqual([]);
  });

  it('name every resource that can be named', () => {
    const toAll = statements.filter(({ Resource }) => [Resource].flat().includes('*'));
    const needless = toAll.filter(({ id, actions }) => actions.some((action) => !needsAll(id, action)));
    expect(needless).toEqual([]);
  });

  it('come from no managed policy', () => {
    const roles = local.ofType<object>('AWS::IAM::Role');
    expect(roles.filter(({ Properties }) => 'ManagedPolicyArns' in Properties)).toEqual([]);
  });
});

it('the stack stays below the resources that CloudFormation takes in one', () => {
  expect(local.resources.length).toBeLessThanOrEqual(500);
});

describe('what holds money, orders or secrets', () => {
  it.each(['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret'])(
    '%s outlives the stack',
    (type) => {
      const kept = local.ofType(type);
      expect(kept.length).toBeGreaterThan(1);
      expect(kept.filter(({ DeletionPolicy }) => DeletionPolicy !== 'Retain')).toEqual([]);
    },
  );
});

describe('data at rest', () => {
  const keys = local.ofType<{ readonly KeySpec?: string; readonly KeyPolicy: object }>('AWS::KMS::Key');
  const key = keys.find(({ Properties }) => Properties.KeySpec === undefined);

  it('stand under one key, which is renewed and does not go with the stack', () => {
    expect(keys.map(({ Properties }) => Properties.KeySpec)).toEqual([undefined, 'HMAC_256']);
    expect(key).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    expect(JSON.stringify(keys)).not.toContain('kms:*');
  });

  it('of buckets are encrypted by it, a data key for many objects', () => {
    for (const { Properties } of local.ofType<Record<string, unknown>>('AWS::S3::Bucket')) {
      expect(Properties).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: { 'Fn::GetAtt': [key?.id, 'Arn'] },
              },
            },
          ],
        },
      });
    }
  });

  it('of secrets are encrypted by it', () => {
    for (const { Properties } of local.ofType<Record<string, unknown>>('AWS::SecretsManager::Secret')) {
      expect(Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': [key?.id, 'Arn'] });
    }
  });

  it.each([
    [local, { Mode: 'GOVERNANCE', Days: 1 }],
    [production, { Mode: 'COMPLIANCE', Days: 1826 }],
  ])('of the audit archive are written once', (template, DefaultRetention) => {
    const locked = template
      .ofType<Record<string, unknown>>('AWS::S3::Bucket')
      .filter(({ Properties }) => Properties.ObjectLockEnabled);
    expect(locked).toMatchObject([{ Properties: { ObjectLockConfiguration: { Rule: { DefaultRetention } } } }]);
    expect(locked).toHaveLength(1);
  });
});

describe('queues', () => {
  const fed = mappings.flatMap(({ Properties }) => {
    const queue = named(queues, Properties.EventSourceArn);
    const worker = named(functions, Properties.FunctionName);
    return queue && worker ? [{ name: queue.Properties.QueueName, queue, worker, mapping: Properties }] : [];
  });
  const watched = new Set(
    alarms
      .flatMap(({ Properties }) => (Properties.Namespace === 'AWS/SQS' ? (Properties.Dimensions ?? []) : []))
      .map(({ Value }) => targetOf(Value)),
  );

  it('each have a worker, or an alarm on their first message', () => {
    const worked = new Set(fed.map(({ queue }) => queue.id));
    expect(fed.length).toBeGreaterThan(5);
    const forgotten = queues.filter(({ id }) => !worked.has(id) && !watched.has(id));
    expect(forgotten.map(({ Properties }) => Properties.QueueName)).toEqual([]);
  });

  it.each(fed)('$name gives up to a dead-letter queue that has an alarm', ({ queue }) => {
    const deadLetters = queue.Properties.RedrivePolicy?.deadLetterTargetArn;
    expect(deadLetters && watched.has(targetOf(deadLetters))).toBe(true);
  });

  it.each(fed)('$name hides a message as long as its worker may take, and hears of single failures', (given) => {
    expect(given.queue.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(given.worker.Properties.Timeout);
    expect(given.mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('bring every order that a crash interrupts to its end within 90 s', () => {
    const orders = queues.find(({ Properties }) => Properties.QueueName === 'Orders');
    expect(orders?.Properties.VisibilityTimeout).toBeLessThanOrEqual(40);
  });
});

it.each(['UncoveredFills', 'SuspenseFills', 'MissedReports'])('the metric %s is watched', (name) => {
  const watching = alarms.filter(({ Properties }) => Properties.MetricName === name);
  expect(watching.map(({ Properties }) => Properties.Namespace)).toEqual([METRIC_NAMESPACE]);
  expect(watching[0]?.Properties.Dimensions).toBeUndefined();
});

describe('the API', () => {
  interface ApiResource {
    readonly ParentId: Reference;
    readonly PathPart: string;
  }
  interface Method {
    readonly HttpMethod: string;
    readonly ResourceId: Reference;
    readonly ApiKeyRequired: boolean;
    readonly AuthorizationType: string;
    readonly Integration: { readonly Uri: { readonly 'Fn::Join': readonly [string, readonly (string | Reference)[]] } };
  }
  const parts = local.ofType<ApiResource>('AWS::ApiGateway::Resource');

  function pathOf(reference: Reference): string {
    const part = named(parts, reference);
    return part ? `${pathOf(part.Properties.ParentId)}/${part.Properties.PathPart}` : '';
  }

  function behind({ Integration }: Method): string | undefined {
    const references = Integration.Uri['Fn::Join'][1].filter((part) => typeof part !== 'string');
    const arn = references.find((part) => part['Fn::GetAtt']);
    return arn && named(functions, arn)?.Properties.FunctionName;
  }

  it('has every route of the contracts, its function behind it and a key before it, and no other', () => {
    const offered = local.ofType<Method>('AWS::ApiGateway::Method').map(({ Properties }) => ({
      route: `${Properties.HttpMethod} ${pathOf(Properties.ResourceId)}`,
      operation: behind(Properties),
      key: Properties.ApiKeyRequired && Properties.AuthorizationType === 'CUSTOM',
    }));
    const promised = ALL_ROUTES.map((route) => ({
      route: `${route.method} ${route.path}`,
      operation: functionOf(route),
      key: route.access.kind === 'KEY',
    }));
    const byRoute = (a: { route: string }, b: { route: string }) => (a.route < b.route ? -1 : 1);
    expect(offered.sort(byRoute)).toEqual(promised.sort(byRoute));
  });
});

describe('the client stream', () => {
  interface StreamRoute {
    readonly RouteKey: string;
    readonly AuthorizationType: string;
    readonly AuthorizerId?: Reference;
  }
  const authorizers = local.ofType<{ readonly IdentitySource: readonly string[] }>('AWS::ApiGatewayV2::Authorizer');

  it('is entered by its ticket alone', () => {
    const routes = local.ofType<StreamRoute>('AWS::ApiGatewayV2::Route').map(({ Properties }) => ({
      key: Properties.RouteKey,
      by: Properties.AuthorizerId && named(authorizers, Properties.AuthorizerId)?.Properties.IdentitySource,
    }));
    expect(routes.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: '$connect', by: ['route.request.querystring.ticket'] },
      { key: '$default', by: undefined },
      { key: '$disconnect', by: undefined },
    ]);
  });

  it('is written to by those that know its address, which may do nothing else with it', () => {
    const writers = local
      .ofType<FunctionProperties & { readonly Environment?: { readonly Variables: object } }>('AWS::Lambda::Function')
      .filter(({ Properties }) => 'STREAM_ENDPOINT' in (Properties.Environment?.Variables ?? {}));
    const rights = GRANTS.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('execute-api:')));
    const methods = rights.map(({ Action, Resource: resource }) => {
      expect(Action).toBe('execute-api:ManageConnections');
      return /"\/stream\/(\w+)\/@connections\/\*"/.exec(JSON.stringify(resource))?.[1];
    });
    expect(writers.length).toBeGreaterThan(1);
    expect(methods.filter((method) => method === 'POST')).toHaveLength(writers.length);
    // One of them gives up connections that take nothing.
    expect(methods.filter((method) => method !== 'POST')).toEqual(['DELETE']);
  });
});

describe("consumers of the audit table's stream", () => {
  const audit = local
    .ofType<{ readonly TableName: string }>('AWS::DynamoDB::Table')
    .find(({ Properties }) => Properties.TableName === 'Audit');
  const readers = mappings.filter(({ Properties }) => targetOf(Properties.EventSourceArn) === audit?.id);
  const nameOf = ({ FunctionName }: MappingProperties) => named(functions, FunctionName)?.Properties.FunctionName;

  it('are two, as many as DynamoDB lets read a shard at once, and clients are told at once', () => {
    const windows = readers.map(({ Properties }) => [nameOf(Properties), Properties.MaximumBatchingWindowInSeconds]);
    expect(windows.sort()).toEqual([
      ['publish-events', 1],
      ['push-orders', undefined],
    ]);
  });

  it('give what they cannot take to a queue, and go on', () => {
    for (const { Properties } of readers) {
      expect(Properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
    }
  });
});

describe('consumers of market data', () => {
  const [stream] = local.ofType<object>('AWS::Kinesis::Stream');
  const consumers = mappings.filter(({ Properties }) => targetOf(Properties.EventSourceArn) === stream?.id);

  it('are those that keep prices, candles and averages', () => {
    const names = consumers.map(({ Properties }) => named(functions, Properties.FunctionName)?.Properties.FunctionName);
    expect(names.sort()).toEqual(['average-prices', 'update-candles', 'update-prices']);
  });

  it('put a record aside that they cannot take, and go on', () => {
    const failures = queues.find(({ Properties }) => Properties.QueueName === 'MarketDataFailures');
    for (const { Properties } of consumers) {
      expect(Properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 5,
        MaximumRecordAgeInSeconds: 3_600,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [failures?.id, 'Arn'] } } },
      });
    }
  });
});

it('the saga has its five states and what they need around them', () => {
  const [machine] = local.ofType<{
    readonly StateMachineType: string;
    readonly DefinitionString: { readonly 'Fn::Join': readonly [string, readonly (string | Reference)[]] };
  }>('AWS::StepFunctions::StateMachine');
  expect(machine?.Properties.StateMachineType).toBe('EXPRESS');
  const text = machine?.Properties.DefinitionString['Fn::Join'][1].map((part) =>
    typeof part === 'string' ? part : 'x',
  );
  const { States } = JSON.parse(text?.join('') ?? '') as { States: Record<string, { Type: string }> };
  const tasks = Object.entries(States).flatMap(([name, { Type }]) => (Type === 'Task' ? [name] : []));
  const around = ['SuspendOrder'];
  expect(tasks.sort()).toEqual(
    ['ValidateBalance', 'BlockBalance', 'ExecuteOrder', 'ConfirmTransaction', 'RollbackBalance', ...around].sort(),
  );
});

describe('names', () => {
  const NAMED: readonly (readonly [type: string, property: string])[] = [
    ['AWS::DynamoDB::Table', 'TableName'],
    ['AWS::S3::Bucket', 'BucketName'],
    ['AWS::SecretsManager::Secret', 'Name'],
    ['AWS::SQS::Queue', 'QueueName'],
    ['AWS::SNS::Topic', 'TopicName'],
    ['AWS::Kinesis::Stream', 'Name'],
    ['AWS::Events::EventBus', 'Name'],
    ['AWS::Lambda::Function', 'FunctionName'],
    ['AWS::CloudWatch::Alarm', 'AlarmName'],
    ['AWS::StepFunctions::StateMachine', 'StateMachineName'],
    ['AWS::ApiGateway::RestApi', 'Name'],
    ['AWS::ApiGatewayV2::Api', 'Name'],
    ['AWS::ApiGateway::UsagePlan', 'UsagePlanName'],
  ];

  it.each(NAMED)('of %s are plain where a stage is alone, and carry the stage elsewhere', (type, property) => {
    const namesIn = (template: typeof local) =>
      template.ofType<Record<string, string>>(type).map(({ Properties }) => Properties[property]);
    const plain = namesIn(local);
    expect(plain.length).toBeGreaterThan(0);
    expect(plain.filter((name) => name === undefined || name.startsWith('local'))).toEqual([]);
    expect(namesIn(production)).toEqual(plain.map((name) => `production-${name}`));
  });
});
