import type { Kernel } from '../../kernel/kernel.ts';
import type { Principal } from '../../kernel/principal.ts';
import { failedItems } from './batch-response.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import type { InvokeOutput } from './invoke.ts';

/** Wait before a failed batch is tried again; AWS backs off too, undocumented. */
const FIRST_BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 30_000;

export interface StreamRecord {
  readonly eventID: string;
  readonly dynamodb: {
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    readonly ApproximateCreationDateTime: number;
  };
}

/** Gives one batch of a shard to the function: retries from the first failure, halves it, or hands it on. */
export class StreamBatch {
  readonly #kernel: Kernel;
  readonly #mapping: EventSourceMapping;
  readonly #principal: Principal;

  constructor(kernel: Kernel, mapping: EventSourceMapping, principal: Principal) {
    this.#kernel = kernel;
    this.#mapping = mapping;
    this.#principal = principal;
  }

  /** Resolves when every record is done, given up, or at the failure destination. */
  async process(records: readonly StreamRecord[]): Promise<void> {
    await Promise.all(this.#lanes(records).map((lane) => this.#deliver(lane, 0)));
  }

  /** Records of one key stay in one lane, so that they stay in order. */
  #lanes(records: readonly StreamRecord[]): StreamRecord[][] {
    const { parallelizationFactor } = this.#mapping;
    if (parallelizationFactor === 1) return records.length > 0 ? [[...records]] : [];
    const lanes = Array.from({ length: parallelizationFactor }, (): StreamRecord[] => []);
    for (const record of records)
      lanes[hash(JSON.stringify(record.dynamodb.Keys)) % parallelizationFactor]?.push(record);
    return lanes.filter((lane) => lane.length > 0);
  }

  async #deliver(records: readonly StreamRecord[], attempt: number): Promise<void> {
    const left = await this.#invoke(records);
    if (left.length === 0) return;
    // Progress within the batch starts the count anew: the next record may be a healthy one.
    const retries = left.length < records.length ? 0 : attempt;
    if (this.#isGivenUp(left, retries)) {
      await this.#giveUp(left, retries + 1);
      return;
    }
    await this.#sleep(Math.min(FIRST_BACKOFF_MS * 2 ** retries, MAX_BACKOFF_MS));
    if (this.#mapping.bisectOnError && left.length > 1) {
      const middle = Math.ceil(left.length / 2);
      await this.#deliver(left.slice(0, middle), retries + 1);
      await this.#deliver(left.slice(middle), retries + 1);
    } else {
      await this.#deliver(left, retries + 1);
    }
  }

  /** Returns the records from the first failed one on. */
  async #invoke(records: readonly StreamRecord[]): Promise<readonly StreamRecord[]> {
    const output = await this.#callFunction(records);
    if (!output || output.FunctionError) return records;
    if (!this.#mapping.reportsItemFailures) return [];
    const sequenceNumbers = records.map((record) => record.dynamodb.SequenceNumber);
    const failed = failedItems(output.Payload ?? '', new Set(sequenceNumbers));
    if (failed === 'all') return records;
    const first = Math.min(...failed.map((sequenceNumber) => sequenceNumbers.indexOf(sequenceNumber)), records.length);
    return records.slice(first);
  }

  /** Undefined when the function is throttled. */
  async #callFunction(records: readonly StreamRecord[]): Promise<InvokeOutput | undefined> {
    const Records = records.map((record) => ({ ...record, eventSourceARN: this.#mapping.sourceArn }));
    const Payload = JSON.stringify({ Records });
    const input = { FunctionName: this.#mapping.functionArn, InvocationType: 'RequestResponse', Payload };
    try {
      return await this.#kernel.activity.whileWaiting(
        async () => (await this.#kernel.call('lambda', 'Invoke', input, this.#principal)) as InvokeOutput,
      );
    } catch (error) {
      if ((error as { code?: string }).code === 'TooManyRequestsException') return undefined;
      throw error;
    }
  }

  #isGivenUp(records: readonly StreamRecord[], retries: number): boolean {
    const { maxRetries, maxRecordAgeMs } = this.#mapping;
    if (maxRetries >= 0 && retries >= maxRetries) return true;
    const oldestMs = (records[0]?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
    return this.#kernel.clock.nowMs() - oldestMs > maxRecordAgeMs;
  }

  /** The destination gets where the records are, not the records: the stream keeps them for 24 hours. */
  async #giveUp(records: readonly StreamRecord[], invokeCount: number): Promise<void> {
    const { onFailureArn, functionArn, sourceArn } = this.#mapping;
    if (!onFailureArn) return;
    const first = records[0] as StreamRecord;
    const last = records.at(-1) as StreamRecord;
    const instant = (record: StreamRecord): string =>
      new Date(record.dynamodb.ApproximateCreationDateTime * 1000).toISOString();
    const body = JSON.stringify({
      requestContext: {
        requestId: this.#kernel.random.uuid(),
        functionArn,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: invokeCount,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(this.#kernel.clock.nowMs()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000000-00000000',
        startSequenceNumber: first.dynamodb.SequenceNumber,
        endSequenceNumber: last.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: instant(first),
        approximateArrivalOfLastRecord: instant(last),
        batchSize: records.length,
        streamArn: sourceArn,
      },
    });
    await this.#kernel.deliver({ targetArn: onFailureArn, body, principal: this.#principal });
  }

  #sleep(delayMs: number): Promise<void> {
    const { activity, clock } = this.#kernel;
    return activity.whileWaiting(
      () =>
        new Promise((resolve) => {
          clock.setTimer(clock.nowMs() + delayMs, resolve);
        }),
    );
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
