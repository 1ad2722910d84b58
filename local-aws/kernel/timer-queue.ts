import type { Timer } from './clock.ts';

interface Entry {
  readonly atMs: number;
  readonly order: number;
  action: (() => void) | undefined;
}

/** With fewer cancelled timers than this the heap is left as it is. */
const COMPACT_FROM = 1024;

/**
 * Timers by due time, ties in the order they were set: a binary heap. Cancelled entries are dropped when they surface, or all
 * at once when they are the greater part: most timers of a busy stack are limits that are never reached.
 */
export class TimerQueue {
  #heap: Entry[] = [];
  #order = 0;
  #cancelled = 0;

  add(atMs: number, action: () => void): Timer {
    const entry: Entry = { atMs, order: this.#order++, action };
    this.#heap.push(entry);
    this.#up(this.#heap.length - 1);
    return {
      cancel: () => {
        if (entry.action === undefined) return;
        entry.action = undefined;
        this.#cancelled += 1;
        if (this.#cancelled >= COMPACT_FROM && this.#cancelled > this.#heap.length / 2) this.#compact();
      },
    };
  }

  nextMs(): number | undefined {
    while (this.#heap.length > 0 && this.#heap[0]?.action === undefined) {
      this.#pop();
      this.#cancelled -= 1;
    }
    return this.#heap[0]?.atMs;
  }

  /** Removes the earliest timer due by `nowMs` and returns its action. */
  takeDue(nowMs: number): (() => void) | undefined {
    const nextMs = this.nextMs();
    if (nextMs === undefined || nextMs > nowMs) return undefined;
    const entry = this.#pop();
    const action = entry?.action;
    // A timer that has run can no longer be cancelled.
    if (entry) entry.action = undefined;
    return action;
  }

  #compact(): void {
    this.#heap = this.#heap.filter((entry) => entry.action !== undefined);
    this.#cancelled = 0;
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index--) this.#down(index);
  }

  #pop(): Entry | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#down(0);
    }
    return first;
  }

  #up(index: number): void {
    let child = index;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#before(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  #down(index: number): void {
    let parent = index;
    for (;;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      let least = parent;
      if (left < this.#heap.length && this.#before(left, least)) least = left;
      if (right < this.#heap.length && this.#before(right, least)) least = right;
      if (least === parent) return;
      this.#swap(least, parent);
      parent = least;
    }
  }

  #before(a: number, b: number): boolean {
    const first = this.#heap[a] as Entry;
    const second = this.#heap[b] as Entry;
    return first.atMs < second.atMs || (first.atMs === second.atMs && first.order < second.order);
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a] as Entry;
    this.#heap[a] = this.#heap[b] as Entry;
    this.#heap[b] = first;
  }
}
