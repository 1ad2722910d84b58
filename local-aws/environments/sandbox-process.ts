import { EventEmitter } from 'node:events';
import type { GlobalsOptions } from './sandbox-globals.ts';

const NANOSECONDS_PER_MS = 1_000_000n;
const MS_PER_SECOND = 1000;

/** `process` as a handler sees it: its own variables, its own exit, the kernel's time, and Node's facts. */
export function createProcess(options: GlobalsOptions, environmentVariables: Record<string, string>): object {
  const startMs = options.nowMs();
  const elapsedNs = (): bigint => BigInt(Math.round(options.nowMs() - startMs)) * NANOSECONDS_PER_MS;
  const hrtime = Object.assign(
    (previous?: [number, number]): [number, number] => {
      const ns = elapsedNs() - (previous ? BigInt(previous[0]) * 1_000_000_000n + BigInt(previous[1]) : 0n);
      return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
    },
    { bigint: elapsedNs },
  );
  const writeLine = (level: 'info' | 'error') => ({
    isTTY: false,
    write: (text: string) => {
      options.log(level, text.replace(/\n$/, ''));
      return true;
    },
  });
  const exit = (code: number | string = 0): never => {
    options.exit(Number(code));
    // The code after process.exit must not run: nothing in the environment has an effect any more, and this unwinds it.
    throw new Error('process.exit');
  };
  return Object.assign(new EventEmitter(), {
    env: environmentVariables,
    exit,
    abort: () => exit(134),
    hrtime,
    uptime: () => (options.nowMs() - startMs) / MS_PER_SECOND,
    nextTick: process.nextTick,
    memoryUsage: process.memoryUsage,
    emitWarning: (warning: unknown) => options.log('warn', String(warning)),
    cwd: () => '/var/task',
    argv: ['node', 'index.js'],
    execArgv: [],
    version: process.version,
    versions: process.versions,
    release: process.release,
    platform: process.platform,
    arch: process.arch,
    pid: 1,
    title: 'node',
    features: process.features,
    stdout: writeLine('info'),
    stderr: writeLine('error'),
  });
}
