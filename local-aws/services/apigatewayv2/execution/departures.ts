import type { Kernel } from '../../../kernel/kernel.ts';

/**
 * Messages on their way to clients. As everything that leaves the process they wait for the writes made before them, and leave in the
 * order they were added in.
 */
export class Departures {
  readonly #kernel: Kernel;
  #commit: Promise<void> | undefined;
  #batch: (() => void)[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  add(send: () => void): void {
    const commit = this.#kernel.store.flushed();
    if (commit !== this.#commit) {
      this.#commit = commit;
      this.#batch = [];
      this.#leaveAfter(commit, this.#batch);
    }
    this.#batch.push(send);
  }

  #leaveAfter(commit: Promise<void>, batch: readonly (() => void)[]): void {
    const { activity } = this.#kernel;
    activity.begin();
    commit.then(() => {
      if (this.#commit === commit) this.#commit = undefined;
      for (const send of batch) send();
      activity.end();
    });
  }
}
