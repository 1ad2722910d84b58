import type { SimulatorClock } from './clock.ts';

/** Lets all requests of one turn of the event loop share one commit; an answer leaves only after its own. */
export class GroupCommit {
  readonly #clock: SimulatorClock;
  readonly #commit: () => void;
  #next: Promise<void> | undefined;

  constructor(clock: SimulatorClock, commit: () => void) {
    this.#clock = clock;
    this.#commit = commit;
  }

  /** Resolves once everything done before the call is durable; rejects when the commit failed. */
  durable(): Promise<void> {
    this.#next ??= new Promise((resolve, reject) => {
      this.#clock.after(0, () => {
        this.#next = undefined;
        try {
          this.#commit();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
    return this.#next;
  }
}
