import type { Timer } from '../../kernel/clock.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { MessageStore } from './message-store.ts';
import type { Queue } from './queues.ts';

interface LongPoll {
  /** Takes messages if there are any and answers the caller; false when there were none. */
  readonly attempt: () => boolean;
  readonly giveUp: () => void;
  readonly deadline: Timer;
}

/** Tells who waits at a queue that a message became visible: long polls here, event sources through the kernel's signals. */
export class Arrivals {
  readonly #kernel: Kernel;
  readonly #messages: MessageStore;
  readonly #polls = new Map<number, LongPoll[]>();
  /** One timer a queue, at the earliest known return of a message. */
  readonly #timers = new Map<number, { readonly atMs: number; readonly timer: Timer }>();

  constructor(kernel: Kernel, messages: MessageStore) {
    this.#kernel = kernel;
    this.#messages = messages;
  }

  /** Messages of this queue are visible from `atMs` on. */
  visibleFrom(queue: Queue, atMs: number): void {
    if (atMs <= this.#kernel.clock.nowMs()) {
      this.#wake(queue);
      return;
    }
    const armed = this.#timers.get(queue.id);
    if (armed && armed.atMs <= atMs) return;
    armed?.timer.cancel();
    this.#timers.set(queue.id, { atMs, timer: this.#kernel.clock.setTimer(atMs, () => this.resume(queue)) });
  }

  /** Announces what is visible now and arms the timer for what comes back later. */
  resume(queue: Queue): void {
    this.#timers.get(queue.id)?.timer.cancel();
    this.#timers.delete(queue.id);
    const nowMs = this.#kernel.clock.nowMs();
    const nextMs = this.#messages.nextVisibleMs(queue.id, nowMs);
    if (nextMs !== undefined) this.visibleFrom(queue, nextMs);
    if (this.#messages.visible(queue.id, nowMs, 1).length > 0) this.#wake(queue);
  }

  /** Resolves with the first messages `take` gets before the deadline, else with none. */
  wait<T>(queue: Queue, deadlineMs: number, take: () => readonly T[]): Promise<readonly T[]> {
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#forget(queue, poll);
        resolve([]);
      };
      const attempt = () => {
        const taken = take();
        if (taken.length > 0) resolve(taken);
        return taken.length > 0;
      };
      const poll: LongPoll = { attempt, giveUp, deadline: this.#kernel.clock.setTimer(deadlineMs, giveUp) };
      const polls = this.#polls.get(queue.id);
      if (polls) polls.push(poll);
      else this.#polls.set(queue.id, [poll]);
    });
  }

  /** Ends every long poll with no messages, and every timer. */
  stop(): void {
    for (const { timer } of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    for (const poll of [...this.#polls.values()].flat()) {
      poll.deadline.cancel();
      poll.giveUp();
    }
  }

  #wake(queue: Queue): void {
    const polls = this.#polls.get(queue.id);
    while (polls?.[0]?.attempt()) polls.shift()?.deadline.cancel();
    this.#kernel.signals.raise(queue.arn);
  }

  #forget(queue: Queue, poll: LongPoll): void {
    const polls = this.#polls.get(queue.id) ?? [];
    const at = polls.indexOf(poll);
    if (at >= 0) polls.splice(at, 1);
  }
}
