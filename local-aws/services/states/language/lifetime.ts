import type { Clock } from '../../../kernel/clock.ts';
import { StateFailure } from './state-failure.ts';

/**
 * How long an execution, or the branches of one state of it, may go on. Once it has ended no wait ends and no task starts
 * any more: their promises stay open for ever, and are collected with whoever waited for them.
 */
export class Lifetime {
  readonly clock: Clock;
  /** What ends with this: timers, and lifetimes within it. */
  readonly #pending = new Set<{ end(): void }>();
  readonly #outer: Lifetime | undefined;
  #ended = false;

  constructor(clock: Clock, outer?: Lifetime) {
    this.clock = clock;
    this.#outer = outer;
    if (outer) outer.#hold(this);
  }

  end(): void {
    this.#ended = true;
    if (this.#outer) this.#outer.#pending.delete(this);
    for (const pending of this.#pending) pending.end();
  }

  #hold(inner: Lifetime): void {
    if (this.#ended) inner.#ended = true;
    else this.#pending.add(inner);
  }

  /** Runs `action` at the instant, unless this has ended by then, or the timer. */
  setTimer(atMs: number, action: () => void): { end(): void } {
    const timer = this.clock.setTimer(atMs, () => {
      this.#pending.delete(ending);
      action();
    });
    const ending = {
      end: () => {
        this.#pending.delete(ending);
        timer.cancel();
      },
    };
    this.#pending.add(ending);
    return ending;
  }

  /** Resolves at the instant, or at once when that has passed. */
  async waitUntil(atMs: number): Promise<void> {
    if (this.#ended) return never();
    if (atMs <= this.clock.nowMs()) return;
    return new Promise((resolve) => this.setTimer(atMs, resolve));
  }

  /** Resolves when the rest of the process has had its turn: for what might go on for ever without it. */
  async nextTurn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#ended) return never();
  }

  /**
   * Starts a task and settles as it does.
   * @throws StateFailure States.Timeout when it has not by `timeoutMs`; what it answers later is lost
   */
  during<T>(task: () => Promise<T>, timeoutMs: number | undefined): Promise<T> {
    if (this.#ended) return never();
    return timeoutMs === undefined ? task() : this.#inTime(task(), timeoutMs);
  }

  async #inTime<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
    const timeout = Promise.withResolvers<never>();
    const timer = this.setTimer(this.clock.nowMs() + timeoutMs, () =>
      timeout.reject(new StateFailure('States.Timeout')),
    );
    try {
      return await Promise.race([answer, timeout.promise]);
    } finally {
      timer.end();
    }
  }
}

/** A new one each time: a shared one would hold everybody who waits for it. */
function never(): Promise<never> {
  return new Promise(() => {});
}
