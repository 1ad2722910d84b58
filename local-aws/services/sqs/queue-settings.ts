import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import {
  MAX_DELAY_SECONDS,
  MAX_MESSAGE_BYTES,
  MAX_RECEIVE_COUNT,
  MAX_RETENTION_SECONDS,
  MAX_VISIBILITY_SECONDS,
  MAX_WAIT_SECONDS,
  MIN_MAXIMUM_MESSAGE_BYTES,
  MIN_RETENTION_SECONDS,
} from './limits.ts';
import { invalidValue } from './sqs-error.ts';

/** Attributes as the API has them: strings, JSON within strings. This is what is stored. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** The same attributes, parsed, for the operations. */
export interface QueueSettings {
  readonly delaySeconds: number;
  readonly maximumMessageBytes: number;
  readonly retentionSeconds: number;
  readonly waitSeconds: number;
  readonly visibilitySeconds: number;
  readonly redrivePolicy?: RedrivePolicy;
  readonly redriveAllowPolicy?: RedriveAllowPolicy;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns?: readonly string[];
}

interface NumericAttribute {
  readonly min: number;
  readonly max: number;
  readonly fallback: string;
}

const NUMERIC_ATTRIBUTES: Readonly<Record<string, NumericAttribute>> = {
  DelaySeconds: { min: 0, max: MAX_DELAY_SECONDS, fallback: '0' },
  MaximumMessageSize: { min: MIN_MAXIMUM_MESSAGE_BYTES, max: MAX_MESSAGE_BYTES, fallback: String(MAX_MESSAGE_BYTES) },
  MessageRetentionPeriod: { min: MIN_RETENTION_SECONDS, max: MAX_RETENTION_SECONDS, fallback: '345600' },
  ReceiveMessageWaitTimeSeconds: { min: 0, max: MAX_WAIT_SECONDS, fallback: '0' },
  VisibilityTimeout: { min: 0, max: MAX_VISIBILITY_SECONDS, fallback: '30' },
};

const FIFO_ATTRIBUTES = new Set([
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);
const KMS_ATTRIBUTES = new Set(['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds']);

export const DEFAULT_ATTRIBUTES: QueueAttributes = {
  ...Object.fromEntries(Object.entries(NUMERIC_ATTRIBUTES).map(([name, { fallback }]) => [name, fallback])),
  SqsManagedSseEnabled: 'true',
};

/** Refuses unknown names and values out of bounds. An empty string takes a policy away, as in AWS. */
export function checkAttributes(attributes: Readonly<Record<string, unknown>>): QueueAttributes {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) checked[name] = checkAttribute(name, String(value));
  return checked;
}

function checkAttribute(name: string, value: string): string {
  const numeric = NUMERIC_ATTRIBUTES[name];
  if (numeric) return checkNumeric(name, value, numeric);
  if (FIFO_ATTRIBUTES.has(name)) throw notSupported(`FIFO queues (attribute ${name})`);
  if (KMS_ATTRIBUTES.has(name)) throw notSupported(`queue attribute ${name}`);
  if (name === 'RedrivePolicy' && value) parseRedrivePolicy(value);
  else if (name === 'RedriveAllowPolicy' && value) parseRedriveAllowPolicy(value);
  else if (name === 'Policy' && value) parseJson(name, value);
  else if (name === 'SqsManagedSseEnabled' && value !== 'true' && value !== 'false') throw invalidAttribute(name);
  else if (!['RedrivePolicy', 'RedriveAllowPolicy', 'Policy', 'SqsManagedSseEnabled'].includes(name)) {
    throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  return value;
}

function checkNumeric(name: string, value: string, { min, max }: NumericAttribute): string {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) throw invalidAttribute(name);
  return String(number);
}

export function settingsOf(attributes: QueueAttributes): QueueSettings {
  const { RedrivePolicy: redrive, RedriveAllowPolicy: allow } = attributes;
  return {
    delaySeconds: Number(attributes.DelaySeconds),
    maximumMessageBytes: Number(attributes.MaximumMessageSize),
    retentionSeconds: Number(attributes.MessageRetentionPeriod),
    waitSeconds: Number(attributes.ReceiveMessageWaitTimeSeconds),
    visibilitySeconds: Number(attributes.VisibilityTimeout),
    ...(redrive ? { redrivePolicy: parseRedrivePolicy(redrive) } : {}),
    ...(allow ? { redriveAllowPolicy: parseRedriveAllowPolicy(allow) } : {}),
  };
}

function parseRedrivePolicy(text: string): RedrivePolicy {
  const { deadLetterTargetArn, maxReceiveCount, ...unknown } = parseJson('RedrivePolicy', text);
  const count = Number(maxReceiveCount);
  const known = typeof deadLetterTargetArn === 'string' && Object.keys(unknown).length === 0;
  if (!known || !Number.isInteger(count) || count < 1 || count > MAX_RECEIVE_COUNT) {
    throw invalidValue(text, 'RedrivePolicy', 'Invalid value for maxReceiveCount or deadLetterTargetArn.');
  }
  return { deadLetterTargetArn, maxReceiveCount: count };
}

function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const { redrivePermission, sourceQueueArns } = parseJson('RedriveAllowPolicy', text);
  const byQueue = redrivePermission === 'byQueue';
  const arns = Array.isArray(sourceQueueArns) ? sourceQueueArns.map(String) : undefined;
  const listed = byQueue ? arns !== undefined && arns.length >= 1 && arns.length <= 10 : arns === undefined;
  if ((!byQueue && redrivePermission !== 'allowAll' && redrivePermission !== 'denyAll') || !listed) {
    throw invalidValue(text, 'RedriveAllowPolicy', 'Amazon SQS can not create the redrive allow policy.');
  }
  return { redrivePermission, ...(arns ? { sourceQueueArns: arns } : {}) };
}

function parseJson(name: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw invalidAttribute(name);
}

function invalidAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
