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
  readonly id: number;
  readonly item: T;
  readonly addedAtMs: number;
  attempts: number;
}

/**
 * Asynchronous deliveries that outlive the process: an item is written in its sender's transaction and goes only once
 * it was sent or given up. Sending begins within the same turn, so that what succeeds at once costs no commit of its own.
 */
export class Outbox<T> {
  readonly #kernel: Kernel;
  readonly #work: OutboxWork<T>;
  readonly #timers = new Map<number, Timer>();
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
      VALUES (?1, ?2, 0, ?2)`);
    this.#retry = kernel.store.writer(`UPDATE ${name}_outbox SET attempts = ?2, due_at_ms = ?3 WHERE id = ?1`);
    this.#delete = kernel.store.writer(`DELETE FROM ${name}_outbox WHERE id = ?`);
    this.#all = kernel.store.reader(`SELECT * FROM ${name}_outbox ORDER BY id`);
  }

  add(item: T): void {
    const addedAtMs = this.#kernel.clock.nowMs();
    const id = this.#insert.insert(JSON.stringify(item), addedAtMs);
    this.#send({ id, item, addedAtMs, attempts: 0 });
  }

  /** Takes up what an earlier process left. */
  start(): void {
    for (const row of this.#all.all()) {
      const entry: Entry<T> = {
        id: row.id as number,
        item: JSON.parse(row.item as string) as T,
        addedAtMs: row.added_at_ms as number,
        attempts: row.attempts as number,
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
      this.#timers.delete(entry.id);
      this.#send(entry);
    });
    this.#timers.set(entry.id, timer);
  }

  #send(entry: Entry<T>): void {
    this.#kernel.activity.begin();
    queueMicrotask(() => {
      this.#attempt(entry)
        .catch((error: unknown) => this.#report(entry, error))
        .finally(() => this.#kernel.activity.end());
    });
  }

  async #attempt(entry: Entry<T>): Promise<void> {
    try {
      await this.#work.attempt(entry.item);
    } catch (error) {
      entry.attempts += 1;
      await this.#failed(entry, { error, attempts: entry.attempts, addedAtMs: entry.addedAtMs });
      return;
    }
    this.#delete.run(entry.id);
  }

  async #failed(entry: Entry<T>, failure: Failure): Promise<void> {
    const retryAtMs = this.#work.retryAtMs(entry.item, failure);
    if (retryAtMs === undefined) {
      await this.#work.giveUp(entry.item, failure);
      this.#delete.run(entry.id);
      return;
    }
    this.#retry.run(entry.id, entry.attempts, retryAtMs);
    this.#sendAt(entry, retryAtMs);
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
