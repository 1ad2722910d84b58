import { readFileSync } from 'node:fs';
import { compileFunction, runInContext } from 'node:vm';
import { seededRandom } from '../kernel/random.ts';
import { TRANSPORT, type Transport, type TransportResponse } from '../transport/transport.ts';
import { EnvironmentTimers } from './environment-timers.ts';
import { describeError } from './function-error.ts';
import type { EnvironmentSpec, FromEnvironment, FunctionErrorBody, Invocation, ToEnvironment } from './messages.ts';
import { createGlobals, type Globals } from './sandbox-globals.ts';
import { createRequire } from './sandbox-modules.ts';

export interface WorkerPorts {
  post(message: FromEnvironment): void;
  nowMs(): number;
  /** Marks whose code runs from here on. */
  enter(environmentId: number): void;
}

type Handler = (event: unknown, context: object) => unknown;

/**
 * One execution environment of a Lambda function: a context with globals, clock, randomness and module state of its
 * own, that handles one event at a time.
 */
export class Environment {
  readonly #id: number;
  readonly #spec: EnvironmentSpec;
  readonly #ports: WorkerPorts;
  readonly #logStreamName: string;
  readonly #timers: EnvironmentTimers;
  readonly #globals: Globals;
  readonly #calls = new Map<number, (response: TransportResponse) => void>();
  readonly #barriers = new Map<number, () => void>();
  #nextCallId = 1;
  #requests = 0;
  #messages = 0;
  #handler: Handler | undefined;
  #invocation: Invocation | undefined;
  #gone = false;

  constructor(id: number, creation: Extract<ToEnvironment, { kind: 'create' }>, ports: WorkerPorts) {
    this.#id = id;
    this.#spec = creation.spec;
    this.#ports = ports;
    this.#logStreamName = creation.logStreamName;
    this.#timers = new EnvironmentTimers(id, ports);
    this.#globals = createGlobals({
      spec: creation.spec,
      random: seededRandom(creation.seed),
      nowMs: ports.nowMs,
      timers: this.#timers,
      outside: { before: () => this.#beginRequest(), after: () => this.#endRequest() },
      log: (level, line) => ports.post({ kind: 'log', environmentId: id, level, line }),
      exit: (code) =>
        this.crash(
          'Runtime.ExitError',
          new Error(`RequestId: ${this.#invocation?.requestId} Error: Runtime exited with exit status ${code}`),
        ),
    });
    this.#globals.adopt((code) => runInContext(code, this.#globals.sandbox));
    (this.#globals.sandbox as Record<symbol, unknown>)[TRANSPORT] = this.#send;
  }

  /** Called once the loop has turned after a message: says so if only a timer can wake the handler. */
  settle(): void {
    if (this.#gone || !this.#invocation || this.#timers.awaited === 0) return;
    if (this.#calls.size > 0 || this.#requests > 0) return;
    this.#ports.post({ kind: 'sleeping', environmentId: this.#id, messages: this.#messages });
  }

  /** Runs the bundle's top level and finds the handler. */
  initialize(): void {
    this.#messages += 1;
    try {
      this.#handler = this.#load();
      this.#ports.post({ kind: 'ready', environmentId: this.#id });
    } catch (error) {
      this.#ports.post({ kind: 'broken', environmentId: this.#id, error: describeError(error) });
    }
  }

  receive(message: ToEnvironment): void {
    if (this.#gone) return;
    this.#messages += 1;
    switch (message.kind) {
      case 'invoke':
        this.#invocation = message.invocation;
        void this.#handle(message.invocation);
        return;
      case 'answer': {
        const answer = this.#calls.get(message.callId);
        this.#calls.delete(message.callId);
        answer?.(message.response);
        return;
      }
      case 'flushed': {
        const pass = this.#barriers.get(message.callId);
        this.#barriers.delete(message.callId);
        pass?.();
        return;
      }
      case 'timer':
        try {
          this.#timers.fire(message.timerId);
        } catch (error) {
          this.crash('Runtime.UnhandledException', error);
        }
        return;
      case 'create':
      case 'drop':
        throw new Error(`${message.kind} is the worker's`);
    }
  }

  owns(promise: Promise<unknown>): boolean {
    return this.#globals.owns(promise);
  }

  /** The environment ends here, and with it the invocation under way. */
  crash(errorType: string, reason: unknown): void {
    if (this.#gone) return;
    this.abandon();
    const error: FunctionErrorBody = { ...describeError(reason), errorType };
    this.#ports.post({ kind: 'exited', environmentId: this.#id, error });
  }

  /** Nothing that the environment's code still does has an effect any more. */
  abandon(): void {
    this.#gone = true;
    this.#timers.clearAll();
    this.#calls.clear();
    this.#barriers.clear();
  }

  #load(): Handler {
    const exported: Record<string, unknown> = {};
    const module = { exports: exported };
    const wrapper = compileFunction(
      source(this.#spec.codePath),
      ['exports', 'require', 'module', '__filename', '__dirname'],
      {
        filename: this.#spec.codePath,
        parsingContext: this.#globals.sandbox,
      },
    );
    const require = createRequire(this.#spec.codePath, this.#globals);
    wrapper.call(exported, exported, require, module, this.#spec.codePath, '/var/task');
    const handler = (module.exports as Record<string, unknown>)[this.#spec.handler];
    if (typeof handler !== 'function') {
      const error = new Error(`${this.#spec.handler} is undefined or not exported`);
      throw Object.assign(error, { name: 'Runtime.HandlerNotFound' });
    }
    return handler as Handler;
  }

  async #handle(invocation: Invocation): Promise<void> {
    try {
      const event = this.#globals.parseJson(invocation.payload);
      this.#globals.environmentVariables._X_AMZN_TRACE_ID = invocation.traceId;
      const result = await this.#handler?.(event, this.#contextOf(invocation));
      if (this.#gone) return;
      this.#invocation = undefined;
      this.#ports.post({ kind: 'succeeded', environmentId: this.#id, payload: JSON.stringify(result) ?? 'null' });
    } catch (error) {
      if (this.#gone) return;
      this.#invocation = undefined;
      this.#ports.post({ kind: 'failed', environmentId: this.#id, error: describeError(error) });
    }
  }

  /** What the outside will see must not be taken back by a crash: the disk first. */
  #beginRequest(): Promise<void> {
    this.#requests += 1;
    const callId = this.#nextCallId++;
    return new Promise((resolve) => {
      this.#barriers.set(callId, resolve);
      this.#ports.post({ kind: 'barrier', environmentId: this.#id, callId });
    });
  }

  #endRequest(): void {
    this.#requests -= 1;
    this.#ports.enter(this.#id);
    setImmediate(() => this.settle());
  }

  #contextOf(invocation: Invocation): object {
    const { functionName, functionArn, memoryMb, logGroupName } = this.#spec;
    return {
      functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: functionArn,
      memoryLimitInMB: String(memoryMb),
      awsRequestId: invocation.requestId,
      logGroupName,
      logStreamName: this.#logStreamName,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, invocation.deadlineMs - this.#ports.nowMs()),
    };
  }

  readonly #send: Transport = (request, answer) => {
    if (this.#gone) return;
    const callId = this.#nextCallId++;
    this.#calls.set(callId, answer);
    this.#ports.post({ kind: 'call', environmentId: this.#id, callId, request });
  };
}

const sources = new Map<string, string>();

/** Bundles are read once a worker; V8 shares the compiled code of equal sources between contexts. */
function source(path: string): string {
  const known = sources.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(path, 'utf8');
  sources.set(path, text);
  return text;
}
