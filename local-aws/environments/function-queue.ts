import type { Timer } from '../kernel/clock.ts';
import type { InvocationResult } from './environments.ts';
import type { EnvironmentSpec, FunctionErrorBody } from './messages.ts';
import type { WorkerHost } from './worker-host.ts';

export interface FunctionConfig extends EnvironmentSpec {
  readonly roleArn: string;
  readonly timeoutMs: number;
  /** Most environments at once; further invocations wait. */
  readonly maxEnvironments: number;
}

export interface PendingInvocation {
  readonly payload: string;
  readonly requestId: string;
  readonly traceId: string;
  /** A client waits for the answer, or a service in somebody's name; readers of queues and streams have all the time. */
  readonly isAwaited: boolean;
  readonly resolve: (result: InvocationResult) => void;
}

/** An environment as the kernel's side knows it. */
export interface HostedEnvironment {
  readonly id: number;
  readonly host: WorkerHost;
  readonly queue: FunctionQueue;
  readonly logStreamName: string;
  readonly timers: Map<number, Timer>;
  /** Its code has loaded. */
  ready: boolean;
  /** The invocation has asked somebody whose answer takes its time: outside of the stack, or another function. */
  isOutside: boolean;
  /** Messages sent to it so far. */
  messages: number;
  /** Its handler waits for nothing but its timers, which for whoever steps the clock is no work under way. */
  sleeping: boolean;
  running?: PendingInvocation | undefined;
  deadline?: Timer | undefined;
}

interface QueuePorts {
  create(): void;
  start(environment: HostedEnvironment, invocation: PendingInvocation): void;
}

/**
 * All environments share a thread and each takes some megabytes, so that one more helps little while the others compute: of those there are
 * two, the second at once where somebody waits, otherwise after this time, by the machine's clock. Those that wait for others are no hindrance.
 */
const COMPUTING_ENVIRONMENTS = 2;
const PATIENCE_MS = 250;

/** Invocations of one function waiting for an environment, and the environments waiting for an invocation. */
export class FunctionQueue {
  readonly config: FunctionConfig;
  readonly #ports: QueuePorts;
  readonly #waiting: PendingInvocation[] = [];
  /** Last used first, so that few stay warm. */
  readonly #idle: HostedEnvironment[] = [];
  readonly #busy = new Set<HostedEnvironment>();
  #starting = 0;
  #alive = 0;
  #patience: NodeJS.Timeout | undefined;

  constructor(config: FunctionConfig, ports: QueuePorts) {
    this.config = config;
    this.#ports = ports;
  }

  add(invocation: PendingInvocation): void {
    this.#waiting.push(invocation);
    this.#serve();
  }

  addFirst(invocation: PendingInvocation): void {
    this.#waiting.unshift(invocation);
    this.#serve();
  }

  ready(environment: HostedEnvironment): void {
    environment.ready = true;
    this.#starting -= 1;
    this.#alive += 1;
    this.free(environment);
  }

  free(environment: HostedEnvironment): void {
    this.#busy.delete(environment);
    this.#idle.push(environment);
    this.#serve();
  }

  /** The environment is gone, whatever it was doing. */
  remove(environment: HostedEnvironment): void {
    const index = this.#idle.indexOf(environment);
    if (index >= 0) this.#idle.splice(index, 1);
    this.#busy.delete(environment);
    if (environment.ready) this.#alive -= 1;
    else this.#starting -= 1;
    this.#serve();
  }

  /** The code does not load: whoever waits is told so, as Lambda tells it. */
  failWaiting(error: FunctionErrorBody): void {
    for (const invocation of this.#waiting.splice(0)) invocation.resolve({ ok: false, error });
  }

  #serve(): void {
    while (this.#waiting.length > 0 && this.#idle.length > 0) {
      const environment = this.#idle.pop() as HostedEnvironment;
      this.#busy.add(environment);
      this.#ports.start(environment, this.#waiting.shift() as PendingInvocation);
    }
    if (!this.#mayGrow()) return;
    const isUrgent = this.#alive < COMPUTING_ENVIRONMENTS && this.#waiting.some(({ isAwaited }) => isAwaited);
    if (isUrgent || this.#othersWait()) this.#grow();
    else this.#growLater();
  }

  /** None of the others would have the thread. */
  #othersWait(): boolean {
    for (const { isOutside, sleeping } of this.#busy) if (!isOutside && !sleeping) return false;
    return true;
  }

  /** One at a time: the next starts when this one is there and invocations still wait. */
  #mayGrow(): boolean {
    return this.#waiting.length > 0 && this.#starting === 0 && this.#alive < this.config.maxEnvironments;
  }

  #grow(): void {
    this.#starting += 1;
    this.#ports.create();
  }

  #growLater(): void {
    const longestWaiting = this.#waiting[0];
    this.#patience ??= setTimeout(() => {
      this.#patience = undefined;
      if (!this.#mayGrow()) return;
      // Served meanwhile: those behind it have their own wait.
      const isOverdue = this.#waiting[0] === longestWaiting && this.#alive < COMPUTING_ENVIRONMENTS;
      if (isOverdue || this.#othersWait()) this.#grow();
      else this.#growLater();
    }, PATIENCE_MS).unref();
  }
}
