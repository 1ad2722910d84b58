import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Operation } from '../../kernel/service.ts';
import type { KinesisFaults } from './faults.ts';
import { constraintViolation, invalidArgument } from './kinesis-error.ts';
import { type CheckedRecord, checkRecord, type RecordEntry, rateExceeded } from './record-entry.ts';
import type { RecordStore } from './record-store.ts';
import type { Retention } from './retention.ts';
import { formatSequenceNumber, parseSequenceNumber } from './sequence-number.ts';
import { ShardLimits, WRITE_ALLOWANCE } from './shard-limits.ts';
import { encryptionOf, type Stream, shardIdOf, shardSignal } from './stream.ts';
import type { StreamReference, Streams } from './streams.ts';

/** Source: API_PutRecords.html. */
const MAX_RECORDS = 500;
const MAX_REQUEST_BYTES = 10 * 1024 * 1024;
const THROTTLED = 'ProvisionedThroughputExceededException';

interface Placed {
  readonly SequenceNumber: string;
  readonly ShardId: string;
}

/** PutRecord and PutRecords: records go to the shard of their key, as far as the shard's limits let them. */
export class Producer {
  readonly #kernel: Kernel;
  readonly #streams: Streams;
  readonly #records: RecordStore;
  readonly #retention: Retention;
  readonly #faults: KinesisFaults;
  readonly #limits: ShardLimits;

  constructor(kernel: Kernel, streams: Streams, records: RecordStore, retention: Retention, faults: KinesisFaults) {
    this.#kernel = kernel;
    this.#streams = streams;
    this.#records = records;
    this.#retention = retention;
    this.#faults = faults;
    this.#limits = new ShardLimits(kernel.clock, WRITE_ALLOWANCE);
  }

  readonly putRecord: Operation = (input: StreamReference & RecordEntry & { SequenceNumberForOrdering?: string }) => {
    const stream = this.#streams.get(input);
    const record = checkRecord(stream, input, '');
    // A shard's records are in the order of their arrival anyway; only a number that is none is refused.
    const ordering = input.SequenceNumberForOrdering;
    if (ordering !== undefined && parseSequenceNumber(ordering, record.shard) === undefined) {
      throw invalidArgument(`SequenceNumberForOrdering ${ordering} did not come from shard ${shardIdOf(record.shard)}`);
    }
    const placed = this.#place(stream, record);
    if (!placed) throw new AwsError(THROTTLED, rateExceeded(stream, record.shard, this.#kernel.accountId));
    this.#wake(stream, new Set([record.shard]));
    return { ...placed, EncryptionType: encryptionOf(stream).EncryptionType };
  };

  readonly putRecords: Operation = (input: StreamReference & { Records?: RecordEntry[] }) => {
    const stream = this.#streams.get(input);
    const records = checkedRecords(stream, input.Records);
    const woken = new Set<number>();
    let failed = 0;
    const Records = records.map((record) => {
      const placed = this.#place(stream, record);
      if (placed) {
        woken.add(record.shard);
        return placed;
      }
      failed += 1;
      const ErrorMessage = rateExceeded(stream, record.shard, this.#kernel.accountId);
      return { ErrorCode: THROTTLED, ErrorMessage };
    });
    this.#wake(stream, woken);
    return { FailedRecordCount: failed, Records, EncryptionType: encryptionOf(stream).EncryptionType };
  };

  /** Undefined when the shard takes no more at present. */
  #place(stream: Stream, { shard, partitionKey, data, sizeBytes }: CheckedRecord): Placed | undefined {
    const { recordThrottlingProbability } = this.#faults;
    if (recordThrottlingProbability > 0 && this.#kernel.random.next() < recordThrottlingProbability) return undefined;
    if (!this.#limits.take(stream.id, shard, sizeBytes)) return undefined;
    const sequence = this.#records.append(stream.id, shard, this.#kernel.clock.nowMs(), partitionKey, data);
    return { SequenceNumber: formatSequenceNumber(sequence, shard), ShardId: shardIdOf(shard) };
  }

  #wake(stream: Stream, shards: ReadonlySet<number>): void {
    if (shards.size === 0) return;
    this.#retention.arrived(stream, this.#kernel.clock.nowMs());
    for (const shard of shards) this.#kernel.signals.raise(shardSignal(stream.arn, shardIdOf(shard)));
  }
}

/** All are checked before any is written. */
function checkedRecords(stream: Stream, entries: readonly RecordEntry[] | undefined): readonly CheckedRecord[] {
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > MAX_RECORDS) {
    const constraint = `Member must have length between 1 and ${MAX_RECORDS}`;
    throw constraintViolation(`(${entries?.length ?? 0} records)`, 'records', constraint);
  }
  const records = entries.map((entry, index) => checkRecord(stream, entry, `records.${index + 1}.member.`));
  const sizeBytes = records.reduce((sum, record) => sum + record.sizeBytes, 0);
  if (sizeBytes > MAX_REQUEST_BYTES)
    throw invalidArgument(`Records size exceeds ${MAX_REQUEST_BYTES / 1024 / 1024} MB limit`);
  return records;
}
