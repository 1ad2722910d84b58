import { serviceOfArn } from '../../kernel/arn.ts';
import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { ResourceDefinition, ResourceType } from '../../kernel/service.ts';
import type { EventSourceMapping, EventSourceMappings } from './event-source-mappings.ts';
import type { Functions } from './functions.ts';
import { PropertyReader } from './property-reader.ts';

/** docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html, services-ddb-params.html and services-kinesis-parameters.html */
const SQS_BATCH = { default: 10, max: 10_000, maxWithoutWindow: 10 };
const STREAM_BATCH = { default: 100, max: 10_000 };
const SQS_DEFAULT_CONCURRENCY = 5;
const UNBOUNDED = -1;

const KNOWN = [
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'Enabled',
  'EventSourceArn',
  'FilterCriteria',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'ScalingConfig',
  'StartingPosition',
  'Tags',
  'TumblingWindowInSeconds',
];

/** docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  MaximumBatchingWindowInSeconds: [0, 300],
  MaximumRecordAgeInSeconds: [-1, 604_800],
  MaximumRetryAttempts: [-1, 10_000],
  ParallelizationFactor: [1, 10],
  TumblingWindowInSeconds: [0, 900],
};

/** `AWS::Lambda::EventSourceMapping` over SQS queues, DynamoDB streams and Kinesis streams. */
export function eventSourceMappingResource(
  kernel: Kernel,
  functions: Functions,
  mappings: EventSourceMappings,
): ResourceType {
  return {
    apply: (resource) => {
      const mapping = readMapping(resource, functions);
      if (serviceOfArn(mapping.sourceArn) === 'sqs') {
        assertVisibility(kernel, mapping, functions.get(mapping.functionName).config.timeoutMs / 1000);
      }
      mappings.define(mapping);
      return { ref: mapping.id, attributes: { Id: mapping.id } };
    },
  };
}

function readMapping(resource: ResourceDefinition, functions: Functions): EventSourceMapping {
  const properties = new PropertyReader(resource, KNOWN);
  const sourceArn = properties.string('EventSourceArn');
  const { config } = functions.get(properties.string('FunctionName'));
  const isQueue = sourceKind(sourceArn) === 'sqs';
  const windowSeconds = within(properties, 'MaximumBatchingWindowInSeconds') ?? 0;
  const scaling = properties.optionalObject('ScalingConfig') as { MaximumConcurrency?: unknown } | undefined;
  const filters = properties.optionalObject('FilterCriteria') as { Filters?: { Pattern?: string }[] } | undefined;
  return {
    id: resource.logicalId,
    sourceArn,
    functionName: config.functionName,
    functionArn: config.functionArn,
    functionRoleArn: config.roleArn,
    enabled: properties.optionalBoolean('Enabled') ?? true,
    batchSize: batchSize(properties.optionalNumber('BatchSize'), isQueue, windowSeconds),
    batchingWindowMs: windowSeconds * 1000,
    reportsItemFailures: properties.optionalList('FunctionResponseTypes')?.includes('ReportBatchItemFailures') ?? false,
    filterPatterns: (filters?.Filters ?? []).map((filter) => filter.Pattern ?? '{}'),
    // A batch that waited for an environment would use up the visibility of its messages.
    maxConcurrency: Math.min(Number(scaling?.MaximumConcurrency ?? SQS_DEFAULT_CONCURRENCY), config.maxEnvironments),
    ...readStreamMapping(properties, isQueue),
  };
}

type StreamMapping = Pick<
  EventSourceMapping,
  | 'startingPosition'
  | 'parallelizationFactor'
  | 'bisectOnError'
  | 'maxRetries'
  | 'maxRecordAgeMs'
  | 'onFailureArn'
  | 'tumblingWindowMs'
>;

function readStreamMapping(properties: PropertyReader, isQueue: boolean): StreamMapping {
  const destination = properties.optionalObject('DestinationConfig') as
    | { OnFailure?: { Destination?: string } }
    | undefined;
  const recordAgeSeconds = within(properties, 'MaximumRecordAgeInSeconds') ?? UNBOUNDED;
  const parallelizationFactor = within(properties, 'ParallelizationFactor') ?? 1;
  const tumblingWindowSeconds = within(properties, 'TumblingWindowInSeconds') ?? 0;
  if (tumblingWindowSeconds > 0 && (isQueue || parallelizationFactor > 1)) {
    const reason = isQueue ? 'for this event source' : 'with a ParallelizationFactor greater than 1';
    throw invalid(`Tumbling windows are not supported ${reason}`);
  }
  return {
    startingPosition: isQueue ? 'TRIM_HORIZON' : startingPosition(properties.string('StartingPosition')),
    parallelizationFactor,
    bisectOnError: properties.optionalBoolean('BisectBatchOnFunctionError') ?? false,
    maxRetries: within(properties, 'MaximumRetryAttempts') ?? UNBOUNDED,
    maxRecordAgeMs: recordAgeSeconds === UNBOUNDED ? Number.POSITIVE_INFINITY : recordAgeSeconds * 1000,
    onFailureArn: destination?.OnFailure?.Destination,
    tumblingWindowMs: tumblingWindowSeconds * 1000,
  };
}

function within(properties: PropertyReader, name: string): number | undefined {
  const value = properties.optionalNumber(name);
  const [min, max] = RANGES[name] as readonly [number, number];
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return value;
  throw invalid(`${name} must be between ${min} and ${max}`);
}

function startingPosition(position: string): 'TRIM_HORIZON' | 'LATEST' {
  if (position === 'TRIM_HORIZON' || position === 'LATEST') return position;
  throw notSupported(`StartingPosition ${position}`);
}

/** A message must not come back while the function still works on it; AWS refuses such a mapping. */
function assertVisibility(kernel: Kernel, mapping: EventSourceMapping, functionTimeoutSeconds: number): void {
  const queueName = mapping.sourceArn.split(':').at(-1);
  // Who makes the stack asks; whether the function's role may read the queue is checked when all its policies are there.
  const principal = { kind: 'administrator', accessKeyId: 'cloudformation' } as const;
  const { QueueUrl } = kernel.call('sqs', 'GetQueueUrl', { QueueName: queueName }, principal) as { QueueUrl: string };
  const asked = { QueueUrl, AttributeNames: ['VisibilityTimeout'] };
  const { Attributes } = kernel.call('sqs', 'GetQueueAttributes', asked, principal) as {
    Attributes: { VisibilityTimeout: string };
  };
  if (Number(Attributes.VisibilityTimeout) >= functionTimeoutSeconds) return;
  throw invalid(
    `Queue visibility timeout: ${Attributes.VisibilityTimeout} seconds is less than Function timeout: ${functionTimeoutSeconds} seconds`,
  );
}

function sourceKind(sourceArn: string): 'sqs' | 'dynamodb' | 'kinesis' {
  const kind = serviceOfArn(sourceArn);
  if (kind === 'sqs' || kind === 'dynamodb' || kind === 'kinesis') return kind;
  throw notSupported(`event source ${sourceArn}`);
}

function batchSize(asked: number | undefined, isQueue: boolean, windowSeconds: number): number {
  const limits = isQueue ? SQS_BATCH : STREAM_BATCH;
  const size = asked ?? limits.default;
  if (size < 1 || size > limits.max) throw invalid(`BatchSize must be between 1 and ${limits.max}`);
  if (isQueue && size > SQS_BATCH.maxWithoutWindow && windowSeconds === 0) {
    throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  }
  return size;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
