import { Worker } from 'node:worker_threads';
import type { Clock } from '../kernel/clock.ts';
import { readInTurns } from './mail-queue.ts';
import { type FromEnvironment, SHARED, type ToEnvironment, type WorkerMail } from './messages.ts';
import { writeClock } from './shared-clock.ts';

/** How often a worker with work is looked at. */
const WATCH_MS = 250;
/** A worker whose event loop has not turned for this long is deep in one handler's own code; on a busy machine any turn may take a second. */
const STUCK_AFTER_MS = 2_000;
/** As Lambda's own for a cold start. To move away from it would make everyone else's start cold, too. Source: Lambda developer guide, "Init phase". */
const STUCK_STARTING_AFTER_MS = 10_000;

/**
 * Some fifty environments of five megabytes each, and room to work: V8 would take gigabytes before it collects, and with less room it spends
 * as much time on collecting as the handlers on their work.
 */
const HEAP_LIMITS = { maxOldGenerationSizeMb: 400, maxYoungGenerationSizeMb: 64 };

interface HostMail {
  readonly isAwaited: boolean;
  /** Of one environment. */
  readonly messages: readonly FromEnvironment[];
}

export interface WorkerHostEvents {
  /** Somebody waits for what the environment is doing. */
  isAwaited(environmentId: number): boolean;
  onMessage(message: FromEnvironment): void;
  /** The environment's code is being loaded. */
  isStarting(environmentId: number): boolean;
  /** Some handler keeps the thread to itself; `environmentId` is whose code runs. */
  onStuck(host: WorkerHost, environmentId: number): void;
  /** The thread died: out of memory, or an error that belongs to no environment. */
  onDeath(host: WorkerHost, cause: unknown): void;
}

/** One worker thread and what the kernel's side knows of it. */
export class WorkerHost {
  readonly #worker: Worker;
  readonly #status: Int32Array;
  readonly #events: WorkerHostEvents;
  readonly #outbox = new Map<number, { isAwaited: boolean; messages: ToEnvironment[] }>();
  readonly #watch: NodeJS.Timeout;
  #ended = false;
  #lastBeat = -1;
  #silentMs = 0;
  /** Environments living here. */
  environments = 0;
  /** Invocations under way here. */
  busy = 0;

  constructor(clock: Clock, events: WorkerHostEvents) {
    const memory = new SharedArrayBuffer(SHARED.BYTES);
    writeClock(memory, clock.reading());
    clock.onStep((reading) => writeClock(memory, reading));
    this.#status = new Int32Array(memory);
    this.#events = events;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: memory,
      resourceLimits: HEAP_LIMITS,
    });
    const receive = readInTurns<HostMail>(({ messages }) => {
      for (const message of messages) events.onMessage(message);
    });
    this.#worker.on('message', (messages: FromEnvironment[]) =>
      receive({ isAwaited: events.isAwaited(messages[0]?.environmentId ?? 0), messages }),
    );
    this.#worker.on('error', (cause) => this.#die(cause));
    this.#worker.on('exit', (code) => this.#die(new Error(`worker exited with ${code}`)));
    this.#watch = setInterval(() => this.#look(), WATCH_MS);
    this.#watch.unref();
  }

  /** Messages of one turn to one environment go as one mail, so that what runs is always one environment's code. */
  send(environmentId: number, message: ToEnvironment, isAwaited: boolean): void {
    if (this.#ended) return;
    const waiting = this.#outbox.get(environmentId);
    if (waiting) {
      waiting.messages.push(message);
      return;
    }
    if (this.#outbox.size === 0) queueMicrotask(() => this.#flush());
    this.#outbox.set(environmentId, { isAwaited, messages: [message] });
  }

  async terminate(): Promise<void> {
    this.#ended = true;
    clearInterval(this.#watch);
    await this.#worker.terminate();
  }

  #flush(): void {
    for (const [environmentId, { isAwaited, messages }] of this.#outbox) {
      this.#worker.postMessage({ environmentId, isAwaited, messages } satisfies WorkerMail);
    }
    this.#outbox.clear();
  }

  #look(): void {
    const beat = Atomics.load(this.#status, SHARED.HEARTBEAT);
    this.#silentMs = beat === this.#lastBeat && this.busy > 0 ? this.#silentMs + WATCH_MS : 0;
    this.#lastBeat = beat;
    if (this.#silentMs < STUCK_AFTER_MS) return;
    const current = Atomics.load(this.#status, SHARED.CURRENT);
    if (this.#silentMs < STUCK_STARTING_AFTER_MS && this.#events.isStarting(current)) return;
    clearInterval(this.#watch);
    this.#events.onStuck(this, current);
  }

  #die(cause: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#watch);
    this.#events.onDeath(this, cause);
  }
}
