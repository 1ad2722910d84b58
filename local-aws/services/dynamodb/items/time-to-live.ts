import type { Clock, Timer } from '../../../kernel/clock.ts';
import type { Table } from '../tables/table.ts';
import type { ItemStore } from './item-store.ts';
import type { ItemChange } from './item-writer.ts';
import { keyOfItem } from './key-encoding.ts';

/** Items expired longer ago than this are left alone. Source: AWS's page "Using time to live (TTL)". */
const MAX_AGE_S = 5 * 365 * 24 * 60 * 60;
const SWEEP_INTERVAL_MS = 60_000;
/** Items one sweep removes of a table before it lets others run. */
const SWEEP_SIZE = 500;

/**
 * Removes expired items. Differs from AWS: within a minute, where AWS takes up to two days.
 */
export class TimeToLive {
  readonly #clock: Clock;
  readonly #items: ItemStore;
  readonly #remove: (change: ItemChange) => void;
  #tables: () => readonly Table[] = () => [];
  #timer: Timer | undefined;
  #timerAtMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, items: ItemStore, remove: (change: ItemChange) => void) {
    this.#clock = clock;
    this.#items = items;
    this.#remove = remove;
  }

  /** `tables` is asked at each sweep: time to live may be turned on and off. */
  resume(tables: () => readonly Table[]): void {
    this.#tables = tables;
    this.#armForEarliest();
  }

  /** Arms the sweep for an item that was written. */
  expect(expiresAtS: number): void {
    if (expiresAtS >= this.#oldestS()) this.#arm(expiresAtS);
  }

  #arm(expiresAtS: number): void {
    const dueMs = Math.max(expiresAtS * 1000, this.#clock.nowMs());
    const atMs = (Math.floor(dueMs / SWEEP_INTERVAL_MS) + 1) * SWEEP_INTERVAL_MS;
    if (atMs >= this.#timerAtMs) return;
    this.#timer?.cancel();
    this.#timerAtMs = atMs;
    this.#timer = this.#clock.setTimer(atMs, () => {
      this.#timerAtMs = Number.POSITIVE_INFINITY;
      this.#sweep();
      this.#armForEarliest();
    });
  }

  #sweep(): void {
    const nowS = Math.floor(this.#clock.nowMs() / 1000);
    for (const table of this.#tables()) {
      if (table.timeToLiveAttribute === undefined) continue;
      for (const before of this.#items.expired(table.id, this.#oldestS(), nowS, SWEEP_SIZE)) {
        this.#remove({ table, key: keyOfItem(table, before.item), before, after: undefined, expired: true });
      }
    }
  }

  #armForEarliest(): void {
    for (const table of this.#tables()) {
      if (table.timeToLiveAttribute === undefined) continue;
      const earliestS = this.#items.earliestExpiryS(table.id, this.#oldestS());
      if (earliestS !== undefined) this.#arm(earliestS);
    }
  }

  #oldestS(): number {
    return Math.floor(this.#clock.nowMs() / 1000) - MAX_AGE_S;
  }
}
