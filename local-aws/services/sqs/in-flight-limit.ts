import { AwsError } from '../../kernel/aws-error.ts';
import { MAX_IN_FLIGHT } from './limits.ts';
import type { Queue } from './queues.ts';

/** Holds queues to their in-flight limit; counts rows only when an upper bound kept in memory reaches it. */
export class InFlightLimit {
  readonly #count: (queue: Queue) => number;
  readonly #upperBounds = new Map<number, number>();

  constructor(count: (queue: Queue) => number) {
    this.#count = count;
  }

  /** Whether `more` messages may be received; if so they count as in flight from now on. */
  allows(queue: Queue, more: number): boolean {
    let bound = (this.#upperBounds.get(queue.id) ?? MAX_IN_FLIGHT) + more;
    if (bound > MAX_IN_FLIGHT) bound = this.#count(queue) + more;
    if (bound > MAX_IN_FLIGHT) return false;
    this.#upperBounds.set(queue.id, bound);
    return true;
  }
}

export function overLimit(queueName: string): AwsError {
  return new AwsError('OverLimit', `Too many messages in flight in queue ${queueName}: the limit is ${MAX_IN_FLIGHT}.`);
}
