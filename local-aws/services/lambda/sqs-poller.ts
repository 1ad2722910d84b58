import { eventPatternMatcher } from '../../kernel/event-pattern.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { type Principal, servicePrincipal } from '../../kernel/principal.ts';
import { failedItems } from './batch-response.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import type { InvokeOutput } from './invoke.ts';
import { pollerPrincipal } from './mapping-permissions.ts';
import { type SqsMessage, sqsEvent } from './sqs-event.ts';

/** SQS gives at most this many messages a call, and takes as many in a batch. */
const MAX_PER_CALL = 10;

/**
 * Polls one queue for one function: several batches at once, each deleted as far as it succeeded. What failed stays in
 * the queue until its visibility ends, and then counts as received once more.
 */
export class SqsPoller {
  readonly #kernel: Kernel;
  readonly #mapping: EventSourceMapping;
  /** Lambda itself, which invokes. */
  readonly #principal: Principal;
  /** Lambda by the function's role, which reads and deletes. */
  readonly #reader: Principal;
  readonly #queueUrl: string;
  readonly #matches: ((body: unknown) => boolean) | undefined;
  #running = 0;
  /** Something arrived, or was left, since a receive last gave fewer messages than it was asked for. */
  #mayHoldMore = true;
  /** While a batch waits for its window: counts what has arrived since. */
  #topUp: (() => void) | undefined;
  #stopped = false;

  constructor(kernel: Kernel, mapping: EventSourceMapping) {
    this.#kernel = kernel;
    this.#mapping = mapping;
    this.#principal = servicePrincipal('lambda.amazonaws.com', mapping.functionArn);
    this.#reader = pollerPrincipal(mapping);
    const [accountId, queueName] = mapping.sourceArn.split(':').slice(4);
    this.#queueUrl = `http://localhost/${accountId}/${queueName}`;
    const matchers = mapping.filterPatterns.map((pattern) => eventPatternMatcher(JSON.parse(pattern)));
    if (matchers.length > 0) this.#matches = (event) => matchers.some((matches) => matches(event));
  }

  start(): void {
    this.#kernel.signals.watch(this.#mapping.sourceArn, () => this.#wake());
    this.#wake();
  }

  stop(): void {
    this.#stopped = true;
  }

  #wake(): void {
    this.#mayHoldMore = true;
    if (this.#topUp) {
      this.#topUp();
      return;
    }
    if (this.#stopped || this.#running >= this.#mapping.maxConcurrency) return;
    this.#running += 1;
    void this.#kernel.activity
      .during(() => this.#drain())
      .finally(() => {
        this.#running -= 1;
        // Something may have arrived after the last look and before this poller was counted out.
        if (this.#mayHoldMore) this.#wake();
      });
  }

  /** Takes batch after batch until the queue gives none. A full batch calls another poller to help. */
  async #drain(): Promise<void> {
    // Messages sent in one turn of the event loop make one batch.
    await turn();
    while (!this.#stopped && this.#mayHoldMore) {
      const batch = await this.#collect();
      if (batch.length === 0) return;
      if (batch.length >= this.#mapping.batchSize) this.#wake();
      await this.#process(batch);
    }
  }

  async #collect(): Promise<SqsMessage[]> {
    const batch = this.#receive(this.#mapping.batchSize);
    const { batchSize, batchingWindowMs } = this.#mapping;
    if (batch.length === 0 || batch.length >= batchSize || batchingWindowMs === 0) return batch;
    return this.#kernel.activity.whileWaiting(() => this.#fillUp(batch));
  }

  /** Waits for a full batch or the end of the window. */
  #fillUp(batch: SqsMessage[]): Promise<SqsMessage[]> {
    const { clock } = this.#kernel;
    const { batchSize, batchingWindowMs } = this.#mapping;
    return new Promise((resolve) => {
      let missing = batchSize - batch.length;
      const finish = (): void => {
        timer.cancel();
        this.#topUp = undefined;
        batch.push(...this.#receive(batchSize - batch.length));
        resolve(batch);
      };
      const timer = clock.setTimer(clock.nowMs() + batchingWindowMs, finish);
      this.#topUp = () => {
        missing -= 1;
        if (missing <= 0) finish();
      };
    });
  }

  #receive(count: number): SqsMessage[] {
    const received: SqsMessage[] = [];
    while (received.length < count) {
      const input = {
        QueueUrl: this.#queueUrl,
        MaxNumberOfMessages: Math.min(MAX_PER_CALL, count - received.length),
        AttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        WaitTimeSeconds: 0,
      };
      const { Messages = [] } = this.#call('ReceiveMessage', input) as { Messages?: SqsMessage[] };
      received.push(...Messages);
      if (Messages.length < input.MaxNumberOfMessages) {
        this.#mayHoldMore = false;
        break;
      }
    }
    return received;
  }

  async #process(batch: readonly SqsMessage[]): Promise<void> {
    const wanted = this.#matches ? batch.filter((message) => this.#wants(message)) : batch;
    if (wanted.length < batch.length) this.#delete(batch.filter((message) => !wanted.includes(message)));
    if (wanted.length === 0) return;
    const output = await this.#kernel.activity.whileWaiting(() => this.#invoke(wanted));
    if (!output || output.FunctionError) return;
    if (!this.#mapping.reportsItemFailures) {
      this.#delete(wanted);
      return;
    }
    const failed = failedItems(output.Payload ?? '', new Set(wanted.map((message) => message.MessageId)));
    if (failed !== 'all') this.#delete(wanted.filter((message) => !failed.includes(message.MessageId)));
  }

  /** Undefined when the function is throttled: the messages come back when their visibility ends. */
  async #invoke(batch: readonly SqsMessage[]): Promise<InvokeOutput | undefined> {
    const Payload = JSON.stringify(sqsEvent(batch, this.#mapping.sourceArn, this.#kernel.region));
    const input = { FunctionName: this.#mapping.functionArn, InvocationType: 'RequestResponse', Payload };
    try {
      return (await this.#kernel.call('lambda', 'Invoke', input, this.#principal)) as InvokeOutput;
    } catch (error) {
      if ((error as { code?: string }).code === 'TooManyRequestsException') return undefined;
      throw error;
    }
  }

  #wants(message: SqsMessage): boolean {
    let body: unknown = message.Body;
    try {
      body = JSON.parse(message.Body);
    } catch {
      // A body that is not JSON is matched as the text it is.
    }
    return this.#matches?.({ body, messageAttributes: message.MessageAttributes }) ?? true;
  }

  #delete(messages: readonly SqsMessage[]): void {
    for (let start = 0; start < messages.length; start += MAX_PER_CALL) {
      const Entries = messages
        .slice(start, start + MAX_PER_CALL)
        .map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle }));
      this.#call('DeleteMessageBatch', { QueueUrl: this.#queueUrl, Entries });
    }
  }

  #call(operation: string, input: object): unknown {
    return this.#kernel.call('sqs', operation, input, this.#reader);
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
