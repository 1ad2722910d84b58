import { serviceOfArn } from '../../kernel/arn.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { checkMappingPermissions } from './mapping-permissions.ts';
import { SqsPoller } from './sqs-poller.ts';
import { StreamCheckpoints } from './stream-checkpoints.ts';
import { StreamPoller } from './stream-poller.ts';

/** A queue or a stream that feeds a function. Absent numbers take AWS's defaults for the kind of source. */
export interface EventSourceMapping {
  readonly id: string;
  readonly sourceArn: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly functionRoleArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly batchingWindowMs: number;
  readonly reportsItemFailures: boolean;
  readonly filterPatterns: readonly string[];
  /** SQS: batches under way at once. */
  readonly maxConcurrency: number;
  /** Streams, below. */
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly parallelizationFactor: number;
  readonly bisectOnError: boolean;
  /** −1: until the record is too old. */
  readonly maxRetries: number;
  readonly maxRecordAgeMs: number;
  readonly onFailureArn: string | undefined;
  /** 0: none. */
  readonly tumblingWindowMs: number;
}

interface Poller {
  start(): void;
  stop(): void;
}

/** All mappings of the stack, each with the poller of its kind. */
export class EventSourceMappings {
  readonly #kernel: Kernel;
  readonly #checkpoints: StreamCheckpoints;
  readonly #mappings = new Map<string, EventSourceMapping>();
  readonly #pollers: Poller[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#checkpoints = new StreamCheckpoints(kernel.store);
  }

  define(mapping: EventSourceMapping): void {
    const key = `${mapping.sourceArn} ${mapping.functionArn}`;
    if (this.#mappings.has(key)) {
      const message = `An event source mapping with source ${mapping.sourceArn} and function ${mapping.functionName} already exists.`;
      throw new AwsError('ResourceConflictException', message, { status: 409 });
    }
    this.#mappings.set(key, mapping);
  }

  start(): void {
    for (const mapping of this.#mappings.values()) {
      if (!mapping.enabled) continue;
      checkMappingPermissions(this.#kernel, mapping);
      const poller = this.#pollerOf(mapping);
      this.#pollers.push(poller);
      poller.start();
    }
  }

  stop(): void {
    for (const poller of this.#pollers) poller.stop();
  }

  describe(): object[] {
    return [...this.#mappings.values()].map((mapping) => ({
      UUID: mapping.id,
      EventSourceArn: mapping.sourceArn,
      FunctionArn: mapping.functionArn,
      BatchSize: mapping.batchSize,
      MaximumBatchingWindowInSeconds: mapping.batchingWindowMs / 1000,
      State: mapping.enabled ? 'Enabled' : 'Disabled',
    }));
  }

  #pollerOf(mapping: EventSourceMapping): Poller {
    return serviceOfArn(mapping.sourceArn) === 'sqs'
      ? new SqsPoller(this.#kernel, mapping)
      : new StreamPoller(this.#kernel, mapping, this.#checkpoints);
  }
}
