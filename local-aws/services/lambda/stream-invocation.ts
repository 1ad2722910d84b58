import type { Kernel } from '../../kernel/kernel.ts';
import { type Principal, servicePrincipal } from '../../kernel/principal.ts';
import { failedItems } from './batch-response.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import type { InvokeOutput } from './invoke.ts';
import { pollerPrincipal } from './mapping-permissions.ts';
import type { StreamRecord, StreamSource } from './stream-source.ts';
import type { OpenWindow } from './tumbling-window.ts';

/** What came of handing records to the function: `left` are those from the first failed one on. */
export interface Attempt {
  readonly left: readonly StreamRecord[];
  readonly outcome: 'answered' | 'failed' | 'throttled';
}

/** One shard's way to the function and to the failure destination. */
export class StreamInvocation {
  readonly #kernel: Kernel;
  readonly #mapping: EventSourceMapping;
  readonly #source: StreamSource;
  readonly #shardId: string;
  readonly #principal: Principal;

  constructor(kernel: Kernel, mapping: EventSourceMapping, source: StreamSource, shardId: string) {
    this.#kernel = kernel;
    this.#mapping = mapping;
    this.#source = source;
    this.#shardId = shardId;
    this.#principal = servicePrincipal('lambda.amazonaws.com', mapping.functionArn);
  }

  /** In a tumbling window the event carries it, and the answer its next state: an answer without one is a failure. */
  async attempt(records: readonly StreamRecord[], window?: OpenWindow, isFinal = false): Promise<Attempt> {
    const output = await this.#callFunction(this.#eventOf(records, window, isFinal));
    if (!output) return { left: records, outcome: 'throttled' };
    if (output.FunctionError) return { left: records, outcome: 'failed' };
    const payload = output.Payload ?? '';
    const state = window ? returnedState(payload) : undefined;
    if (window && state === undefined) return { left: records, outcome: 'failed' };
    const left = this.#leftOf(records, payload);
    // The state speaks of the records done; where there are none it is as it was.
    if (window && state !== undefined && (left.length < records.length || records.length === 0)) window.state = state;
    return { left, outcome: 'answered' };
  }

  /** The destination gets where the records are, not the records: the stream keeps them. */
  async toFailureDestination(records: readonly StreamRecord[], failure: Failure): Promise<void> {
    const { onFailureArn, functionArn } = this.#mapping;
    const [first] = records;
    const last = records.at(-1);
    if (!onFailureArn || !first || !last) return;
    const body = JSON.stringify({
      requestContext: {
        requestId: this.#kernel.random.uuid(),
        functionArn,
        condition: failure.condition,
        approximateInvokeCount: failure.invokeCount,
      },
      ...(failure.invokeCount > 0 && {
        responseContext: {
          statusCode: 200,
          executedVersion: '$LATEST',
          functionError: failure.outcome === 'failed' ? 'Unhandled' : null,
        },
      }),
      version: '1.0',
      timestamp: new Date(this.#kernel.clock.nowMs()).toISOString(),
      [this.#source.batchInfoName]: {
        shardId: this.#shardId,
        startSequenceNumber: first.sequenceNumber,
        endSequenceNumber: last.sequenceNumber,
        approximateArrivalOfFirstRecord: new Date(first.arrivedMs).toISOString(),
        approximateArrivalOfLastRecord: new Date(last.arrivedMs).toISOString(),
        batchSize: records.length,
        streamArn: this.#source.streamArn,
      },
    });
    await this.#kernel.deliver({ targetArn: onFailureArn, body, principal: pollerPrincipal(this.#mapping) });
  }

  #eventOf(records: readonly StreamRecord[], window: OpenWindow | undefined, isFinal: boolean): string {
    const last = records.at(-1);
    if (last) {
      const ageMs = this.#kernel.clock.nowMs() - last.arrivedMs;
      this.#kernel.meter.sawIteratorAge(this.#mapping.functionName, this.#shardId, ageMs);
    }
    const Records = `{"Records":[${records.map((record) => record.event).join(',')}]`;
    if (!window) return `${Records}}`;
    const members = JSON.stringify({
      ...window.members(),
      shardId: this.#shardId,
      eventSourceARN: this.#mapping.sourceArn,
      isFinalInvokeForWindow: isFinal,
      isWindowTerminatedEarly: isFinal && window.isStateTooLarge(),
    });
    return `${Records},${members.slice(1)}`;
  }

  #leftOf(records: readonly StreamRecord[], payload: string): readonly StreamRecord[] {
    if (!this.#mapping.reportsItemFailures) return [];
    const sequenceNumbers = records.map((record) => record.sequenceNumber);
    const failed = failedItems(payload, new Set(sequenceNumbers));
    if (failed === 'all') return records;
    const first = Math.min(...failed.map((sequenceNumber) => sequenceNumbers.indexOf(sequenceNumber)), records.length);
    return records.slice(first);
  }

  /** Undefined when the function is throttled. */
  async #callFunction(Payload: string): Promise<InvokeOutput | undefined> {
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
}

export interface Failure {
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly invokeCount: number;
  readonly outcome: Attempt['outcome'];
}

/** JSON of the answer's `state`; undefined when it has none. */
function returnedState(payload: string): string | undefined {
  try {
    const answer = JSON.parse(payload) as { state?: unknown } | null;
    return answer?.state === undefined || answer.state === null ? undefined : JSON.stringify(answer.state);
  } catch {
    // What is not JSON has no state.
    return undefined;
  }
}
