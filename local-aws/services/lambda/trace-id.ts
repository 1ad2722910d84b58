import type { Kernel } from '../../kernel/kernel.ts';

/** `Root=1-<epoch seconds>-<24 hex>;Sampled=0`, as in `X-Amzn-Trace-Id`. */
export function newTraceId(kernel: Kernel): string {
  const seconds = Math.floor(kernel.clock.nowMs() / 1000).toString(16);
  const unique = Buffer.from(kernel.random.bytes(12)).toString('hex');
  return `Root=1-${seconds}-${unique};Sampled=0`;
}
