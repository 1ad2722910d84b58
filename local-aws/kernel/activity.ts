/** Counts work under way, so that whoever steps the clock can wait until the stack is idle. */
export class Activity {
  #running = 0;
  #waiters: (() => void)[] = [];

  /** Pieces of work under way. */
  get running(): number {
    return this.#running;
  }

  begin(): void {
    this.#running += 1;
  }

  end(): void {
    this.#running -= 1;
    if (this.#running === 0) setImmediate(() => this.#settle());
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.begin();
    try {
      return await work();
    } finally {
      this.end();
    }
  }

  /**
   * For work counted by `begin` or `during` that now waits for other work that is counted itself, or for a timer: only what could go on
   * at this instant counts.
   */
  async whileWaiting<T>(wait: () => Promise<T>): Promise<T> {
    this.end();
    try {
      return await wait();
    } finally {
      this.begin();
    }
  }

  /** Resolves when nothing is under way and the event loop has turned once since. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      setImmediate(() => this.#settle());
    });
  }

  #settle(): void {
    if (this.#running > 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
