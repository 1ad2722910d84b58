import { keepClock } from './kernel/kept-clock.ts';
import { Kernel, type KernelOptions } from './kernel/kernel.ts';
import { type ApiServer, createApiServer, healthPath } from './server/api-server.ts';
import { type AwsServer, startAwsServer } from './server/aws-server.ts';
import { createApigateway } from './services/apigateway/apigateway.service.ts';
import { createApigatewayV2 } from './services/apigatewayv2/apigatewayv2.service.ts';
import { createCloudWatch } from './services/cloudwatch/cloudwatch.service.ts';
import { createDynamoDb } from './services/dynamodb/dynamodb.service.ts';
import { createDynamoDbStreams } from './services/dynamodb/dynamodb-streams.service.ts';
import { noFaults } from './services/dynamodb/faults.ts';
import { createEventbridge } from './services/eventbridge/eventbridge.service.ts';
import { createIam } from './services/iam/iam.service.ts';
import { noKinesisFaults } from './services/kinesis/faults.ts';
import { createKinesis } from './services/kinesis/kinesis.service.ts';
import { createKms, type KmsOptions } from './services/kms/kms.service.ts';
import { createLambda, type LambdaOptions } from './services/lambda/lambda.service.ts';
import { createLogs } from './services/logs/logs.service.ts';
import { createS3 } from './services/s3/s3.service.ts';
import { createScheduler } from './services/scheduler/scheduler.service.ts';
import { createSecretsManager } from './services/secretsmanager/secretsmanager.service.ts';
import { createSns } from './services/sns/sns.service.ts';
import { createSqs } from './services/sqs/sqs.service.ts';
import { createStates } from './services/states/states.service.ts';
import { type LoadedStack, loadTemplate } from './template/load-template.ts';
import type { Template } from './template/template.ts';

export interface LocalStackOptions extends Omit<KernelOptions, 'path'>, LambdaOptions {
  readonly template: Template;
  readonly parameters?: Readonly<Record<string, string>>;
  /** File of the stack's state, or `:memory:`. */
  readonly path: string;
  /** Whether roles and policies decide each call; true unless said otherwise. */
  readonly enforcesIam?: boolean;
  /** Port of the REST API; 0 takes any. */
  readonly apiPort: number;
  /** Port of the AWS API; 0 takes any. */
  readonly awsPort: number;
  /** Addresses outside the stack that keep its time: `PUT {"nowMs":…,"isLast":…}`, answered when they have followed, and the last of a row when they have told what fell due. */
  readonly clockFollowers?: readonly string[];
}

export interface LocalStack {
  readonly kernel: Kernel;
  readonly loaded: LoadedStack;
  readonly apiPort: number;
  readonly awsPort: number;
  /** From now on `GET /health` answers 200. */
  ready(): void;
  close(): Promise<void>;
}

/** Makes every resource of a template and serves it: the API on one port, the AWS API on another. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const kernel = new Kernel(options);
  keepClock(kernel);
  const faults = { ...noFaults(), ...noKinesisFaults() };
  const endpointUrl = `http://localhost:${options.awsPort}`;
  for (const create of [
    createApigateway,
    createApigatewayV2,
    createCloudWatch,
    () => createDynamoDb(kernel, { faults }),
    createDynamoDbStreams,
    createEventbridge,
    () => createIam(kernel, { enforce: options.enforcesIam ?? true }),
    () => createKinesis(kernel, { faults }),
    () => createKms(kernel, rootKeyOf(options.path)),
    createLogs,
    createS3,
    createScheduler,
    createSecretsManager,
    createSns,
    createStates,
    createLambda({ endpointUrl, ...options }),
  ]) {
    kernel.register(create(kernel));
  }
  kernel.register(createSqs(kernel, { queueUrlBase: endpointUrl }));
  const loaded = loadTemplate(kernel, options.template, { parameters: options.parameters ?? {} });
  let isReady = false;
  const aws: AwsServer = await startAwsServer(kernel, {
    port: options.awsPort,
    clockFollowers: options.clockFollowers ?? [],
    faults,
  });
  const api: ApiServer = await createApiServer(kernel, {
    port: options.apiPort,
    paths: { '/health': healthPath(() => isReady) },
  });
  kernel.start();
  return {
    kernel,
    loaded,
    apiPort: api.port,
    awsPort: aws.port,
    ready: () => {
      isReady = true;
    },
    close: async () => {
      await api.close();
      await aws.close();
      await kernel.stop();
    },
  };
}

/** The root key lies beside the state, in a file of its own. */
function rootKeyOf(path: string): KmsOptions {
  return path === ':memory:' ? {} : { rootKeyPath: `${path}.root-key` };
}
