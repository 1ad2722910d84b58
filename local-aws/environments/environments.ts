import { availableParallelism } from 'node:os';
import type { Kernel } from '../kernel/kernel.ts';
import type { Principal } from '../kernel/principal.ts';
import type { TransportRequest, TransportResponse } from '../transport/transport.ts';
import { SIGNING_NAME_HEADER } from '../transport/transport.ts';
import {
  type FunctionConfig,
  FunctionQueue,
  type HostedEnvironment,
  type PendingInvocation,
} from './function-queue.ts';
import { mayWriteLog } from './log-permission.ts';
import { logStreamOf } from './log-stream.ts';
import type { FromEnvironment, FunctionErrorBody, ToEnvironment } from './messages.ts';
import { WorkerHost } from './worker-host.ts';

export type InvocationResult =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionErrorBody };

/** Answers an environment's SDK call. */
export type CallAnswerer = (
  request: TransportRequest,
  principal: Principal,
  signingName: string | undefined,
) => Promise<TransportResponse>;

/**
 * All execution environments of the stack, spread over worker threads (cores − 1). A handler that throws or hangs loses its
 * environment; one that keeps its thread to itself is left alone with it until its timeout, and the invocations it would
 * have harmed start again elsewhere.
 *
 * Differs from AWS: those innocent invocations run again from the start, with the same request id, as after the loss of
 * a host. Handlers are idempotent by request id for that reason.
 */
export class Environments {
  readonly #kernel: Kernel;
  readonly #answer: CallAnswerer;
  readonly #hosts: WorkerHost[] = [];
  readonly #queues = new Map<string, FunctionQueue>();
  readonly #environments = new Map<number, HostedEnvironment>();
  readonly #threads: number;
  #nextId = 1;
  #stopped = false;

  constructor(kernel: Kernel, answer: CallAnswerer, threads = Math.max(1, availableParallelism() - 1)) {
    this.#kernel = kernel;
    this.#answer = answer;
    this.#threads = threads;
  }

  /** Resolves with what the handler answered, or with its error; never rejects for what a handler does. */
  invoke(config: FunctionConfig, invocation: Omit<PendingInvocation, 'resolve'>): Promise<InvocationResult> {
    return this.#kernel.activity.during(
      () =>
        new Promise((resolve) => {
          this.#queueOf(config).add({ ...invocation, resolve });
        }),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#hosts.map((host) => host.terminate()));
  }

  #queueOf(config: FunctionConfig): FunctionQueue {
    const known = this.#queues.get(config.functionArn);
    if (known) return known;
    const queue = new FunctionQueue(config, {
      create: () => this.#create(queue),
      start: (environment, invocation) => this.#start(environment, invocation),
    });
    this.#queues.set(config.functionArn, queue);
    return queue;
  }

  #create(queue: FunctionQueue): void {
    const host = this.#leastLoaded();
    const id = this.#nextId++;
    const environment: HostedEnvironment = {
      id,
      host,
      queue,
      logStreamName: logStreamOf(queue.config, this.#kernel.clock.nowMs(), id),
      timers: new Map(),
      ready: false,
      isOutside: false,
      messages: 0,
      sleeping: false,
    };
    this.#environments.set(environment.id, environment);
    host.environments += 1;
    const seed = Math.floor(this.#kernel.random.next() * Number.MAX_SAFE_INTEGER);
    this.#send(environment, { kind: 'create', spec: queue.config, logStreamName: environment.logStreamName, seed });
  }

  #start(environment: HostedEnvironment, invocation: PendingInvocation): void {
    const { config } = environment.queue;
    const deadlineMs = this.#kernel.clock.nowMs() + config.timeoutMs;
    environment.running = invocation;
    environment.deadline = this.#kernel.clock.setTimer(deadlineMs, () => this.#timeOut(environment));
    environment.host.busy += 1;
    // Lambda writes a line of its own for each invocation, by the function's role; a refusal is in the log.
    mayWriteLog(this.#kernel, config, environment.logStreamName);
    const { payload, requestId, traceId } = invocation;
    this.#send(environment, { kind: 'invoke', invocation: { payload, requestId, traceId, deadlineMs } });
  }

  #timeOut(environment: HostedEnvironment): void {
    const seconds = (environment.queue.config.timeoutMs / 1000).toFixed(2);
    const requestId = environment.running?.requestId;
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
    this.#finish(environment, { ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage } });
    this.#send(environment, { kind: 'drop' });
    this.#remove(environment);
  }

  #onMessage(message: FromEnvironment): void {
    const environment = this.#environments.get(message.environmentId);
    if (!environment) return;
    const { queue } = environment;
    // Who asks is not asleep: it has waited for work of the machine that does not show here.
    if (message.kind === 'call' || message.kind === 'barrier') this.#setSleeping(environment, false);
    switch (message.kind) {
      case 'ready':
        queue.ready(environment);
        break;
      case 'succeeded':
        this.#finish(environment, { ok: true, payload: message.payload });
        queue.free(environment);
        break;
      case 'failed':
        this.#finish(environment, { ok: false, error: message.error });
        queue.free(environment);
        break;
      case 'exited':
        this.#finish(environment, { ok: false, error: message.error });
        this.#remove(environment);
        break;
      case 'broken':
        queue.failWaiting(message.error);
        this.#remove(environment);
        break;
      case 'call':
        this.#call(environment, message.callId, message.request);
        break;
      case 'barrier':
        environment.isOutside = true;
        this.#kernel.store.flushed().then(() => this.#send(environment, { kind: 'flushed', callId: message.callId }));
        break;
      case 'setTimer':
        this.#setTimer(environment, message.timerId, message.atMs);
        break;
      case 'clearTimer':
        environment.timers.get(message.timerId)?.cancel();
        environment.timers.delete(message.timerId);
        break;
      case 'log':
        if (mayWriteLog(this.#kernel, queue.config, environment.logStreamName))
          this.#log(queue.config.functionName, message.level, message.line);
        break;
      case 'sleeping':
        if (message.messages === environment.messages) this.#setSleeping(environment, true);
        break;
      case 'dropped':
        break;
    }
  }

  #send(environment: HostedEnvironment, message: ToEnvironment): void {
    environment.messages += 1;
    this.#setSleeping(environment, false);
    environment.host.send(environment.id, message, environment.running?.isAwaited ?? false);
  }

  #setSleeping(environment: HostedEnvironment, sleeping: boolean): void {
    if (environment.sleeping === sleeping || (sleeping && !environment.running)) return;
    environment.sleeping = sleeping;
    if (sleeping) this.#kernel.activity.end();
    else this.#kernel.activity.begin();
  }

  #call(environment: HostedEnvironment, callId: number, request: TransportRequest): void {
    const { functionName, roleArn } = environment.queue.config;
    const signingName = request.headers[SIGNING_NAME_HEADER];
    // What is not answered at once waits for others: for a whole saga, for instance.
    const { running } = environment;
    const wait = setImmediate(() => {
      if (environment.running === running) environment.isOutside = true;
    });
    this.#answer(request, { kind: 'function', functionName, roleArn }, signingName).then(
      (response) => {
        clearImmediate(wait);
        this.#send(environment, { kind: 'answer', callId, response });
      },
      (cause: unknown) => {
        clearImmediate(wait);
        this.#log(
          functionName,
          'error',
          `a call broke local-aws: ${cause instanceof Error ? cause.stack : String(cause)}`,
        );
        const body = '{"__type":"InternalFailure","message":"local-aws failed; its log says why"}';
        const response = { status: 500, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
        this.#send(environment, { kind: 'answer', callId, response });
      },
    );
  }

  #setTimer(environment: HostedEnvironment, timerId: number, atMs: number): void {
    const fire = (): void => {
      environment.timers.delete(timerId);
      this.#send(environment, { kind: 'timer', timerId });
    };
    environment.timers.set(timerId, this.#kernel.clock.setTimer(atMs, fire));
  }

  #finish(environment: HostedEnvironment, result: InvocationResult): void {
    const { running } = environment;
    if (!running) return;
    this.#setSleeping(environment, false);
    environment.deadline?.cancel();
    environment.running = undefined;
    environment.isOutside = false;
    environment.host.busy -= 1;
    if (!result.ok) this.#log(environment.queue.config.functionName, 'error', JSON.stringify(result.error));
    running.resolve(result);
  }

  #remove(environment: HostedEnvironment): void {
    if (!this.#environments.delete(environment.id)) return;
    for (const timer of environment.timers.values()) timer.cancel();
    environment.host.environments -= 1;
    environment.queue.remove(environment);
  }

  /** Leaves the culprit alone on its thread until it answers or its time is up; everyone else moves. */
  #quarantine(host: WorkerHost, culpritId: number): void {
    this.#retire(host);
    const culprit = this.#environments.get(culpritId);
    for (const environment of this.#of(host)) if (environment !== culprit) this.#move(environment);
    if (culprit?.running?.resolve === undefined) {
      if (culprit) this.#remove(culprit);
      void host.terminate();
      return;
    }
    // The kernel's clock may stand still while a handler spins: the machine's clock bounds it too.
    const limit = setTimeout(() => this.#timeOut(culprit), culprit.queue.config.timeoutMs);
    const { resolve } = culprit.running;
    culprit.running = {
      ...culprit.running,
      resolve: (result) => {
        clearTimeout(limit);
        resolve(result);
        setImmediate(() => {
          this.#remove(culprit);
          void host.terminate();
        });
      },
    };
  }

  #bury(host: WorkerHost, cause: unknown): void {
    if (this.#stopped) return;
    this.#log('worker', 'error', `an execution thread died: ${cause instanceof Error ? cause.stack : String(cause)}`);
    this.#retire(host);
    for (const environment of this.#of(host)) this.#move(environment);
  }

  /** The environment is lost through no fault of its own: its invocation, if any, starts again in another. */
  #move(environment: HostedEnvironment): void {
    const { running } = environment;
    this.#setSleeping(environment, false);
    environment.deadline?.cancel();
    environment.running = undefined;
    if (running) environment.host.busy -= 1;
    this.#remove(environment);
    if (running) environment.queue.addFirst(running);
  }

  #of(host: WorkerHost): HostedEnvironment[] {
    return [...this.#environments.values()].filter((environment) => environment.host === host);
  }

  #retire(host: WorkerHost): void {
    this.#hosts.splice(this.#hosts.indexOf(host), 1);
  }

  #leastLoaded(): WorkerHost {
    if (this.#hosts.length < this.#threads) {
      const host = new WorkerHost(this.#kernel.clock, {
        onMessage: (message) => this.#onMessage(message),
        isAwaited: (environmentId) => this.#environments.get(environmentId)?.running?.isAwaited ?? false,
        isStarting: (environmentId) => this.#environments.get(environmentId)?.ready === false,
        onStuck: (stuck, culpritId) => this.#quarantine(stuck, culpritId),
        onDeath: (dead, cause) => this.#bury(dead, cause),
      });
      this.#hosts.push(host);
      return host;
    }
    return this.#hosts.reduce((least, host) => (host.environments < least.environments ? host : least));
  }

  #log(functionName: string, level: 'debug' | 'info' | 'warn' | 'error', message: string): void {
    this.#kernel.log({ timeMs: this.#kernel.clock.nowMs(), source: `lambda/${functionName}`, level, message });
  }
}
