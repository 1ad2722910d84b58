import type { StatementSync } from 'node:sqlite';
import { AwsError } from './aws-error.ts';
import type { Timer } from './clock.ts';
import type { Kernel } from './kernel.ts';
import type { Writer } from './store.ts';

/** What a service does with what it has to send on. Items are kept as JSON. */
export interface OutboxWork<T> {
  /** Sends; a rejection is a failed attempt. */
  readonly attempt: (item: T) => Promise<void>;
  /** The instant of the next attempt, or undefined to give up. */
  readonly retryAtMs: (item: T, failure: Failure) => number | undefined;
  /** Called once for an item that is given up: the place of dead letters. */
  readonly giveUp: (item: T, failure: Failure) => Promise<void>;
}

export interface Failure {
  readonly error: unknown;
  /** Attempts made so far, this one included. */
  readonly attempts: number;
  readonly addedAtMs: number;
}

interface Entry<T> {
  readonly item: T;
  readonly addedAtMs: number;
  attempts: number;
  /** Of its row, once it has one. */
  id?: number;
  isDone: boolean;
}

/**
 * Asynchronous deliveries that outlive the process: until an item was sent or given up, every commit that holds its sender's writes
 * holds the item too. Sending begins within the sender's turn of the event loop, and no commit comes before the turn's end: what was sent
 * by then was never written, since the target's own writes are in the same commit.
 */
export class Outbox<T> {
  readonly #kernel: Kernel;
  readonly #work: OutboxWork<T>;
  readonly #timers = new Map<Entry<T>, Timer>();
  readonly #insert: Writer;
  readonly #retry: Writer;
  readonly #delete: Writer;
  readonly #all: StatementSync;

  /** `name` becomes the table `<name>_outbox`. */
  constructor(kernel: Kernel, name: string, work: OutboxWork<T>) {
    this.#kernel = kernel;
    this.#work = work;
    kernel.store.define(`CREATE TABLE IF NOT EXISTS ${name}_outbox (
      id INTEGER PRIMARY KEY, item TEXT NOT NULL, added_at_ms INTEGER NOT NULL,
      attempts INTEGER NOT NULL, due_at_ms INTEGER NOT NULL)`);
    this.#insert = kernel.store.writer(`INSERT INTO ${name}_outbox (item, added_at_ms, attempts, due_at_ms)
      VALUES (?, ?, ?, ?)`);
    this.#retry = kernel.store.writer(`UPDATE ${name}_outbox SET attempts = ?2, due_at_ms = ?3 WHERE id = ?1`);
    this.#delete = kernel.store.writer(`DELETE FROM ${name}_outbox WHERE id = ?`);
    this.#all = kernel.store.reader(`SELECT * FROM ${name}_outbox ORDER BY id`);
  }

  add(item: T): void {
    this.#send({ item, addedAtMs: this.#kernel.clock.nowMs(), attempts: 0, isDone: false });
  }

  /** Takes up what an earlier process left. */
  start(): void {
    for (const row of this.#all.all()) {
      const entry: Entry<T> = {
        id: row.id as number,
        item: JSON.parse(row.item as string) as T,
        addedAtMs: row.added_at_ms as number,
        attempts: row.attempts as number,
        isDone: false,
      };
      this.#sendAt(entry, row.due_at_ms as number);
    }
  }

  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #sendAt(entry: Entry<T>, atMs: number): void {
    if (atMs <= this.#kernel.clock.nowMs()) {
      this.#send(entry);
      return;
    }
    const timer = this.#kernel.clock.setTimer(atMs, () => {
      this.#timers.delete(entry);
      this.#send(entry);
    });
    this.#timers.set(entry, timer);
  }

  #send(entry: Entry<T>): void {
    this.#kernel.activity.begin();
    queueMicrotask(() => {
      void this.#run(entry);
      // Runs once there are no microtasks left, and before any callback of timers or I/O, of which the commit is one.
      if (entry.id === undefined) process.nextTick(() => this.#keepUnfinished(entry));
    });
  }

  async #run(entry: Entry<T>): Promise<void> {
    try {
      await this.#attempt(entry);
    } catch (error) {
      this.#keepUnfinished(entry);
      this.#report(entry, error);
    } finally {
      this.#kernel.activity.end();
    }
  }

  async #attempt(entry: Entry<T>): Promise<void> {
    try {
      await this.#work.attempt(entry.item);
    } catch (error) {
      entry.attempts += 1;
      await this.#failed(entry, { error, attempts: entry.attempts, addedAtMs: entry.addedAtMs });
      return;
    }
    this.#done(entry);
  }

  async #failed(entry: Entry<T>, failure: Failure): Promise<void> {
    const retryAtMs = this.#work.retryAtMs(entry.item, failure);
    if (retryAtMs === undefined) {
      await this.#work.giveUp(entry.item, failure);
      this.#done(entry);
      return;
    }
    this.#keep(entry, retryAtMs);
    this.#sendAt(entry, retryAtMs);
  }

  #keepUnfinished(entry: Entry<T>): void {
    if (entry.id === undefined && !entry.isDone) this.#keep(entry, entry.addedAtMs);
  }

  #keep(entry: Entry<T>, dueAtMs: number): void {
    if (entry.id === undefined) {
      entry.id = this.#insert.insert(JSON.stringify(entry.item), entry.addedAtMs, entry.attempts, dueAtMs);
    } else {
      this.#retry.run(entry.id, entry.attempts, dueAtMs);
    }
  }

  #done(entry: Entry<T>): void {
    entry.isDone = true;
    if (entry.id !== undefined) this.#delete.run(entry.id);
  }

  /** Giving up has failed: the item stays in the table and is tried again after the next start. */
  #report({ id }: Entry<T>, error: unknown): void {
    this.#kernel.log({
      timeMs: this.#kernel.clock.nowMs(),
      source: 'local-aws/outbox',
      level: 'error',
      message: `item ${id} could not be given up: ${String(error)}`,
    });
  }
}

const THROTTLING_CODES = new Set([
  'OverLimit',
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);

/**
 * Whether AWS's own senders try again: faults of the receiver and throttling pass, a target that is not there or forbids
 * the call does not. Source: sns-dead-letter-queues.html, eb-rule-retry-policy.html.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof AwsError)) return true;
  if (THROTTLING_CODES.has(error.code)) return true;
  return error.status >= 500 && error.code !== 'NotSupportedByLocalAws';
}
