import type { Kernel } from '../kernel/kernel.ts';

/** A new trace's name, as `X-Amzn-Trace-Id` has it after `Root=`. */
export function newTraceRoot(kernel: Kernel, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, '0');
  return `1-${seconds}-${Buffer.from(kernel.random.bytes(12)).toString('hex')}`;
}
