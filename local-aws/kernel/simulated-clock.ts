import type { Clock, ClockReading, Timer } from './clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** A clock that moves only when stepped: the clock of tests and simulations. */
export class SimulatedClock implements Clock {
  readonly #timers = new TimerQueue();
  readonly #listeners: ((reading: ClockReading) => void)[] = [];
  #nowMs: number;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  reading(): ClockReading {
    return { kind: 'standing', nowMs: this.#nowMs };
  }

  setTimer(atMs: number, action: () => void): Timer {
    return this.#timers.add(atMs, action);
  }

  nextTimerMs(): number | undefined {
    return this.#timers.nextMs();
  }

  step(toMs: number): void {
    for (let nextMs = this.nextTimerMs(); nextMs !== undefined && nextMs <= toMs; nextMs = this.nextTimerMs()) {
      this.#setNow(Math.max(nextMs, this.#nowMs));
      this.#timers.takeDue(this.#nowMs)?.();
    }
    this.#setNow(Math.max(toMs, this.#nowMs));
  }

  onStep(listener: (reading: ClockReading) => void): void {
    this.#listeners.push(listener);
  }

  #setNow(nowMs: number): void {
    if (nowMs === this.#nowMs) return;
    this.#nowMs = nowMs;
    for (const listener of this.#listeners) listener(this.reading());
  }
}
