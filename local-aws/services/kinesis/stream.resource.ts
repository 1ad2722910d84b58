import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import { MAX_SHARDS, type Stream } from './stream.ts';
import { STREAM_NAME, type Streams } from './streams.ts';

/** Source: API_CreateStream.html and API_IncreaseStreamRetentionPeriod.html. */
const DEFAULT_RETENTION_HOURS = 24;
const MAX_RETENTION_HOURS = 8760;
/** What AWS gives a new stream on demand. */
const ON_DEMAND_SHARDS = 4;

/**
 * `AWS::Kinesis::Stream`.
 *
 * Differs from AWS: the number of shards is for ever, and does not grow on demand; encryption is kept and told, but the state is not encrypted by it.
 */
export function streamResource(streams: Streams): ResourceType {
  return {
    apply: ({ logicalId, type, properties }) => {
      const {
        Name,
        ShardCount,
        RetentionPeriodHours,
        StreamModeDetails,
        StreamEncryption,
        Tags: _tags,
        ...rest
      } = properties;
      refuseUnknownProperties(type, rest);
      const name = String(Name ?? logicalId);
      if (!STREAM_NAME.test(name)) throw invalid(`Name ${name}`);
      const mode = modeOf(type, StreamModeDetails);
      const shardCount = shardCountOf(mode, ShardCount);
      const existing = streams.find(name);
      if (existing && existing.shardCount !== shardCount) {
        throw notSupported(`a change of ShardCount of ${type} ${name} from ${existing.shardCount} to ${shardCount}`);
      }
      const retentionHours = within(
        'RetentionPeriodHours',
        RetentionPeriodHours ?? DEFAULT_RETENTION_HOURS,
        DEFAULT_RETENTION_HOURS,
        MAX_RETENTION_HOURS,
      );
      const stream = streams.put({ name, shardCount, retentionHours, mode, keyId: keyIdOf(type, StreamEncryption) });
      return { ref: name, attributes: { Arn: stream.arn } };
    },
  };
}

function modeOf(type: string, details: unknown): Stream['mode'] {
  const { StreamMode = 'PROVISIONED', ...rest } = (details ?? {}) as { StreamMode?: unknown };
  refuseUnknownProperties(`${type} StreamModeDetails`, rest);
  if (StreamMode === 'PROVISIONED' || StreamMode === 'ON_DEMAND') return StreamMode;
  throw invalid(`StreamMode ${StreamMode}`);
}

function shardCountOf(mode: Stream['mode'], shardCount: unknown): number {
  if (mode === 'PROVISIONED') return within('ShardCount', shardCount ?? 1, 1, MAX_SHARDS);
  if (shardCount !== undefined) throw invalid('ShardCount of a stream on demand');
  return ON_DEMAND_SHARDS;
}

function keyIdOf(type: string, encryption: unknown): string | undefined {
  if (encryption === undefined) return undefined;
  const { EncryptionType, KeyId, ...rest } = encryption as { EncryptionType?: unknown; KeyId?: unknown };
  refuseUnknownProperties(`${type} StreamEncryption`, rest);
  if (EncryptionType === 'KMS' && typeof KeyId === 'string') return KeyId;
  throw invalid('StreamEncryption');
}

function within(name: string, value: unknown, min: number, max: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw invalid(`${name} ${value}: it must be from ${min} to ${max}`);
}

function invalid(what: string): AwsError {
  return new AwsError('InvalidArgumentException', `${what} is not valid`);
}
