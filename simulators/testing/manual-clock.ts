import type { SimulatorClock } from '../outside/clock.ts';

/** Tuesday 2026-11-24, 12:00 in São Paulo. */
export const NOON_MS = Date.parse('2026-11-24T15:00:00Z');

/** A clock that stands still until it is advanced. Tasks without delay run in the next turn of the event loop. */
export class ManualClock implements SimulatorClock {
  #machineMs: number;
  #offsetMs = 0;
  readonly #tasks: { readonly atMs: number; readonly task: () => void }[] = [];

  constructor(startMs: number = NOON_MS) {
    this.#machineMs = startMs;
  }

  nowMs(): number {
    return this.#machineMs + this.#offsetMs;
  }

  after(delayMs: number, task: () => void): void {
    if (delayMs === 0) setImmediate(task);
    else this.#tasks.push({ atMs: this.#machineMs + delayMs, task });
  }

  setOffset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }

  offsetMs(): number {
    return this.#offsetMs;
  }

  /** Runs every task due within the time, each at its own instant, and lets what they began go on. */
  async advance(delayMs: number): Promise<void> {
    const untilMs = this.#machineMs + delayMs;
    for (;;) {
      this.#tasks.sort((a, b) => a.atMs - b.atMs);
      const next = this.#tasks[0];
      if (next === undefined || next.atMs > untilMs) break;
      this.#tasks.shift();
      this.#machineMs = next.atMs;
      next.task();
      await settled();
    }
    this.#machineMs = untilMs;
    await settled();
  }
}

/** Some turns of the event loop: what was resolved has been acted upon. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
