import { webcrypto } from 'node:crypto';
import { type Context, constants, createContext } from 'node:vm';
import type { Random } from '../kernel/random.ts';
import type { EnvironmentTimers } from './environment-timers.ts';
import type { EnvironmentSpec, LogLevel } from './messages.ts';
import { createConsole } from './sandbox-console.ts';
import type { OutsideGuard } from './sandbox-http.ts';
import { createProcess } from './sandbox-process.ts';

export interface GlobalsOptions {
  readonly spec: EnvironmentSpec;
  readonly random: Random;
  readonly timers: EnvironmentTimers;
  nowMs(): number;
  readonly outside: OutsideGuard;
  log(level: LogLevel, line: string): void;
  exit(code: number): void;
}

export interface Globals {
  readonly sandbox: Context;
  readonly environmentVariables: Record<string, string>;
  readonly random: Random;
  readonly timers: Record<string, unknown>;
  readonly process: object;
  readonly outside: OutsideGuard;
  /** Once the sandbox is a context: gives its own `Date`, `Math.random` and `JSON.parse` their sources. */
  adopt(evaluate: (code: string) => unknown): void;
  parseJson(text: string): unknown;
  owns(promise: Promise<unknown>): boolean;
}

/**
 * A bare context has the language and nothing of Node. What a Lambda handler finds on AWS is put there, with every
 * source of time and chance replaced by the kernel's.
 */
export function createGlobals(options: GlobalsOptions): Globals {
  const environmentVariables = { ...options.spec.variables };
  const timers = timerFunctions(options);
  const process = createProcess(options, environmentVariables);
  const startMs = options.nowMs();
  // An ordinary global object: one contextified from an object of ours costs an interceptor on each look-up of a global.
  const sandbox = Object.assign(createContext(constants.DONT_CONTEXTIFY), {
    ...HOST_GLOBALS,
    ...timers,
    console: createConsole(options.log),
    process,
    crypto: seededWebCrypto(options.random),
    performance: {
      now: () => options.nowMs() - startMs,
      timeOrigin: options.nowMs(),
      mark: () => {},
      measure: () => {},
    },
    fetch: guardedFetch(options.outside),
    AbortSignal: abortSignalOn(options.timers),
  });
  sandbox.global = sandbox;
  let own: OwnIntrinsics | undefined;
  return {
    sandbox,
    environmentVariables,
    random: options.random,
    timers,
    process,
    outside: options.outside,
    adopt: (evaluate) => {
      own = (evaluate(OWN_INTRINSICS) as AdoptIntrinsics)(options.nowMs, () => options.random.next());
    },
    parseJson: (text) => own?.parseJson(text),
    owns: (promise) => own?.owns(promise) ?? false,
  };
}

interface OwnIntrinsics {
  parseJson(text: string): unknown;
  owns(promise: unknown): boolean;
}
type AdoptIntrinsics = (nowMs: () => number, random: () => number) => OwnIntrinsics;

/** Runs inside the context, so that its own intrinsics are the ones changed. */
const OWN_INTRINSICS = `(nowMs, random) => {
  const RealDate = Date;
  function KernelDate(...parts) {
    if (!new.target) return new RealDate(nowMs()).toString();
    return Reflect.construct(RealDate, parts.length === 0 ? [nowMs()] : parts, new.target);
  }
  KernelDate.prototype = RealDate.prototype;
  RealDate.prototype.constructor = KernelDate;
  KernelDate.now = nowMs;
  KernelDate.parse = RealDate.parse;
  KernelDate.UTC = RealDate.UTC;
  globalThis.Date = KernelDate;
  Math.random = random;
  const { parse } = JSON;
  return { parseJson: (text) => parse(text), owns: (promise) => promise instanceof Promise };
}`;

/** Of the host's realm, typed arrays among them: bytes from Node's modules must be `instanceof` the handler's own. */
const HOST_GLOBALS = Object.fromEntries(
  [
    'AbortController ArrayBuffer Blob BroadcastChannel Buffer CompressionStream CustomEvent DOMException',
    'DecompressionStream Event EventTarget File FormData Headers MessageChannel MessageEvent MessagePort ReadableStream',
    'Request Response SharedArrayBuffer TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream URL',
    'URLSearchParams Uint8Array Uint16Array Uint32Array Int8Array Int16Array Int32Array Float32Array Float64Array',
    'BigInt64Array BigUint64Array Uint8ClampedArray DataView WritableStream atob btoa queueMicrotask structuredClone',
  ]
    .join(' ')
    .split(' ')
    .filter((name) => name in globalThis)
    .map((name) => [name, (globalThis as Record<string, unknown>)[name]]),
);

function timerFunctions({ timers }: GlobalsOptions): Record<string, unknown> {
  const starter =
    (repeat: boolean) =>
    (callback: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]) =>
      timers.set(() => callback(...values), delayMs, repeat);
  const clear = (handle: unknown): void => timers.clear(handle);
  return {
    setTimeout: starter(false),
    setInterval: starter(true),
    clearTimeout: clear,
    clearInterval: clear,
    setImmediate,
    clearImmediate,
  };
}

function seededWebCrypto(random: Random): object {
  return {
    subtle: webcrypto.subtle,
    randomUUID: () => random.uuid(),
    getRandomValues: <View extends NodeJS.ArrayBufferView>(view: View): View => {
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(random.bytes(view.byteLength));
      return view;
    },
  };
}

function guardedFetch(outside: OutsideGuard): typeof fetch {
  return async (...request) => {
    const passed = outside.before();
    try {
      await passed;
      return await fetch(...request);
    } finally {
      outside.after();
    }
  };
}

/** `AbortSignal.timeout` counts on the kernel's clock; all else is Node's. */
function abortSignalOn(timers: EnvironmentTimers): typeof AbortSignal {
  const timeout = (delayMs: number): AbortSignal => {
    const controller = new AbortController();
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    timers.set(() => controller.abort(reason), delayMs, false);
    return controller.signal;
  };
  return new Proxy(AbortSignal, {
    get: (target, name) => (name === 'timeout' ? timeout : Reflect.get(target, name, target)),
  });
}
