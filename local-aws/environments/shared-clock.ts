import type { ClockReading } from '../kernel/clock.ts';
import { SHARED } from './messages.ts';

/** The kernel's clock, read from another thread without asking it. */
export function sharedClock(memory: SharedArrayBuffer): () => number {
  const slots = new Float64Array(memory);
  return () => {
    const value = slots[SHARED.CLOCK_VALUE] ?? 0;
    return slots[SHARED.CLOCK_STANDS] === 1 ? value : Date.now() + value;
  };
}

export function writeClock(memory: SharedArrayBuffer, reading: ClockReading): void {
  const slots = new Float64Array(memory);
  slots[SHARED.CLOCK_STANDS] = reading.kind === 'standing' ? 1 : 0;
  slots[SHARED.CLOCK_VALUE] = reading.kind === 'standing' ? reading.nowMs : reading.offsetMs;
}
