import * as nodeCrypto from 'node:crypto';
import { createRequire as createNodeRequire, isBuiltin } from 'node:module';
import type { Random } from '../kernel/random.ts';
import type { Globals } from './sandbox-globals.ts';
import { guardedHttp } from './sandbox-http.ts';

/** Node's modules through which an environment could touch the others or the kernel. */
const REFUSED = new Set(['child_process', 'cluster', 'inspector', 'repl', 'vm', 'v8', 'worker_threads']);

/** Those whose requests go to the outside. */
const HTTP = new Set(['http', 'https']);

/** `require` of a bundle: Node's own modules, those of time and chance replaced, those that reach the outside guarded. */
export function createRequire(codePath: string, globals: Globals): (name: string) => unknown {
  const nodeRequire = createNodeRequire(codePath);
  const replaced: Record<string, unknown> = {
    crypto: seededCrypto(globals.random),
    timers: globals.timers,
    'timers/promises': promiseTimers(globals.timers),
    process: globals.process,
  };
  return (name) => {
    const bare = name.replace(/^node:/, '');
    if (Object.hasOwn(replaced, bare)) return replaced[bare];
    if (!isBuiltin(name)) throw new Error(`Cannot find module '${name}': a bundle holds all it needs`);
    if (REFUSED.has(bare)) throw new Error(`module '${bare}' is not supported in a local-aws environment`);
    if (!HTTP.has(bare)) return nodeRequire(name);
    replaced[bare] = guardedHttp(nodeRequire(name), globals.outside);
    return replaced[bare];
  };
}

function seededCrypto(random: Random): object {
  const randomBytes = (size: number, callback?: (error: null, bytes: Buffer) => void): Buffer | undefined => {
    const bytes = Buffer.from(random.bytes(size));
    if (!callback) return bytes;
    queueMicrotask(() => callback(null, bytes));
    return undefined;
  };
  const randomInt = (low: number, high?: number): number => {
    const [from, to] = high === undefined ? [0, low] : [low, high];
    return from + Math.floor(random.next() * (to - from));
  };
  const randomFillSync = <View extends NodeJS.ArrayBufferView>(view: View): View => {
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(random.bytes(view.byteLength));
    return view;
  };
  return { ...nodeCrypto, randomBytes, randomInt, randomFillSync, randomUUID: () => random.uuid() };
}

function promiseTimers(timers: Record<string, unknown>): object {
  const start = timers.setTimeout as (callback: () => void, delayMs: number) => unknown;
  return {
    setTimeout: (delayMs: number, value?: unknown) =>
      new Promise((resolve) => {
        start(() => resolve(value), delayMs);
      }),
    setImmediate: (value?: unknown) => new Promise((resolve) => setImmediate(() => resolve(value))),
  };
}
