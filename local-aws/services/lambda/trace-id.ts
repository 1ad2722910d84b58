import type { Kernel } from '../../kernel/kernel.ts';

/** `Root=1-<epoch seconds>-<24 hex>;Sampled=0`, as in `X-Amzn-Trace-Id`. */
export function newTraceId(kernel: Kernel): string {
  const seconds = Math.floor(kernel.clock.nowMs() / 1000).toString(16);
  const word = () =>
    Math.floor(kernel.random.next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return `Root=1-${seconds}-${word()}${word()}${word()};Sampled=0`;
}
