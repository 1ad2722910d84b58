import type { Clock, ClockReading, Timer } from './clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** The machine's clock plus an offset that only grows, by stepping: the clock of a stack that people use. */
export class SystemClock implements Clock {
  readonly #timers = new TimerQueue();
  readonly #listeners: ((reading: ClockReading) => void)[] = [];
  #offsetMs: number;
  #wakeUp: NodeJS.Timeout | undefined;
  #wakeUpAtMs = Number.POSITIVE_INFINITY;

  constructor(offsetMs = 0) {
    this.#offsetMs = offsetMs;
  }

  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  reading(): ClockReading {
    return { kind: 'running', offsetMs: this.#offsetMs };
  }

  setTimer(atMs: number, action: () => void): Timer {
    const timer = this.#timers.add(atMs, action);
    this.#arm();
    return timer;
  }

  nextTimerMs(): number | undefined {
    return this.#timers.nextMs();
  }

  step(toMs: number): void {
    const aheadMs = toMs - this.nowMs();
    if (aheadMs > 0) {
      this.#offsetMs += aheadMs;
      for (const listener of this.#listeners) listener(this.reading());
    }
    this.#fire();
  }

  onStep(listener: (reading: ClockReading) => void): void {
    this.#listeners.push(listener);
  }

  /** Stops waking the process; timers stay where they are. */
  stop(): void {
    clearTimeout(this.#wakeUp);
  }

  #fire(): void {
    const nowMs = this.nowMs();
    for (let action = this.#timers.takeDue(nowMs); action; action = this.#timers.takeDue(nowMs)) action();
    this.#arm();
  }

  #arm(): void {
    const nextMs = this.#timers.nextMs();
    if (nextMs === this.#wakeUpAtMs && this.#wakeUp) return;
    clearTimeout(this.#wakeUp);
    this.#wakeUp = undefined;
    this.#wakeUpAtMs = nextMs ?? Number.POSITIVE_INFINITY;
    if (nextMs === undefined) return;
    const delayMs = Math.min(Math.max(0, nextMs - this.nowMs()), MAX_TIMEOUT_MS);
    this.#wakeUp = setTimeout(() => {
      this.#wakeUp = undefined;
      this.#fire();
    }, delayMs);
  }
}

/** Node's longest timeout; a later timer is armed again when this one ends. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
