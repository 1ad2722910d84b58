import type { TransportRequest, TransportResponse } from '../transport/transport.ts';

/** What an environment is made of. */
export interface EnvironmentSpec {
  readonly functionName: string;
  readonly functionArn: string;
  /** CommonJS file of the bundle. */
  readonly codePath: string;
  /** Name of the exported handler. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly logGroupName: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** Instant on the kernel's clock by which the handler must have answered. */
  readonly deadlineMs: number;
  readonly traceId: string;
}

/** Kernel → worker. Messages of one environment and one turn travel together, in order. */
export type ToEnvironment =
  | { readonly kind: 'create'; readonly spec: EnvironmentSpec; readonly logStreamName: string; readonly seed: number }
  | { readonly kind: 'invoke'; readonly invocation: Invocation }
  | { readonly kind: 'answer'; readonly callId: number; readonly response: TransportResponse }
  | { readonly kind: 'flushed'; readonly callId: number }
  | { readonly kind: 'timer'; readonly timerId: number }
  | { readonly kind: 'drop' };

export interface WorkerMail {
  readonly environmentId: number;
  readonly isAwaited: boolean;
  readonly messages: readonly ToEnvironment[];
}

/** Worker → kernel, all that one mail led to in one array. */
export type FromEnvironment =
  | { readonly kind: 'ready'; readonly environmentId: number }
  | { readonly kind: 'broken'; readonly environmentId: number; readonly error: FunctionErrorBody }
  | { readonly kind: 'succeeded'; readonly environmentId: number; readonly payload: string }
  | { readonly kind: 'failed'; readonly environmentId: number; readonly error: FunctionErrorBody }
  /** The environment is gone, by its own doing: `process.exit`, an unhandled rejection, an uncaught exception. */
  | { readonly kind: 'exited'; readonly environmentId: number; readonly error: FunctionErrorBody }
  | { readonly kind: 'dropped'; readonly environmentId: number }
  /** The handler waits for nothing but its timers, having seen `messages` of the kernel's. */
  | { readonly kind: 'sleeping'; readonly environmentId: number; readonly messages: number }
  | {
      readonly kind: 'call';
      readonly environmentId: number;
      readonly callId: number;
      readonly request: TransportRequest;
    }
  /** About to send something to the outside: answered once all that came before is on disk. */
  | { readonly kind: 'barrier'; readonly environmentId: number; readonly callId: number }
  | { readonly kind: 'setTimer'; readonly environmentId: number; readonly timerId: number; readonly atMs: number }
  | { readonly kind: 'clearTimer'; readonly environmentId: number; readonly timerId: number }
  | { readonly kind: 'log'; readonly environmentId: number; readonly level: LogLevel; readonly line: string };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** The payload of a failed invocation, as Lambda gives it. */
export interface FunctionErrorBody {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Slots of the memory that kernel and worker share, so that a worker deep in a handler can still be read. */
export const SHARED = {
  /** Int32: grows whenever the worker's event loop turns. */
  HEARTBEAT: 0,
  /** Int32: the environment whose code runs or ran last. */
  CURRENT: 1,
  /** Float64, as index of a Float64Array over the same memory: 0 the clock runs, 1 it stands. */
  CLOCK_STANDS: 1,
  /** Float64: offset to the machine's clock, or the instant at which the clock stands. */
  CLOCK_VALUE: 2,
  BYTES: 24,
} as const;
