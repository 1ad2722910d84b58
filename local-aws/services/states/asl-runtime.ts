import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { Kernel } from '../../kernel/kernel.ts';

/** The library that runs the Amazon States Language. */
export type AslRuntime = typeof import('aws-local-stepfunctions');

/**
 * Loads `aws-local-stepfunctions` with the kernel's clock and randomness in the place of the globals that it reads: it
 * has no option for them. So its waits, retries, timeouts and timestamps all run on the stack's clock.
 */
export function loadAslRuntime(kernel: Kernel): AslRuntime {
  const require = createRequire(import.meta.url);
  const filename = require.resolve('aws-local-stepfunctions');
  const load = compileFunction(readFileSync(filename, 'utf8'), ['exports', 'require', 'module', ...SEAMS], {
    filename,
  });
  const module = { exports: {} };
  const { setTimeout, clearTimeout } = clockTimers(kernel);
  const requireFor = (name: string): unknown => {
    if (name.startsWith('@aws-sdk/')) return {};
    return name === 'jsonpath-plus' ? { JSONPath: quickly(require(name).JSONPath) } : require(name);
  };
  load(module.exports, requireFor, module, setTimeout, clearTimeout, clockDate(kernel), seededMath(kernel));
  return module.exports as AslRuntime;
}

interface JsonPathQuery {
  readonly path: string;
  readonly json: unknown;
  readonly wrap: false;
}
type JsonPath = (query: JsonPathQuery) => unknown;

/** `$`, `$.next`, `$.order.quantity`. */
const PLAIN_PATH = /^\$(\.[A-Za-z_]\w*)*$/;

/** Most paths are plain, and followed at once: the engine parses them anew each time and hands every scalar back in an error that it throws. */
export function quickly(engine: JsonPath): JsonPath {
  return (query) => {
    if (!PLAIN_PATH.test(query.path)) return engine(query);
    let value = query.json;
    for (const name of query.path.split('.').slice(1)) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return value;
  };
}

const SEAMS = ['setTimeout', 'clearTimeout', 'Date', 'Math'];

/** A timeout this long is none: the default of a Task, longer than any Express execution lives. */
export const NO_TIMEOUT_SECONDS = 99_999_999;

function clockTimers(kernel: Kernel) {
  const { clock } = kernel;
  return {
    setTimeout: (action: () => void, delayMs: number) =>
      delayMs >= NO_TIMEOUT_SECONDS * 1000 ? undefined : clock.setTimer(clock.nowMs() + Math.max(0, delayMs), action),
    clearTimeout: (timer: ReturnType<typeof clock.setTimer> | undefined) => timer?.cancel(),
  };
}

function clockDate(kernel: Kernel): DateConstructor {
  class ClockDate extends Date {
    constructor(...given: [] | [string | number | Date]) {
      super(given[0] ?? kernel.clock.nowMs());
    }

    static override now(): number {
      return kernel.clock.nowMs();
    }
  }
  return ClockDate as unknown as DateConstructor;
}

function seededMath(kernel: Kernel): Math {
  const random = kernel.random.fork();
  return Object.create(Math, { random: { value: () => random.next() } }) as Math;
}
