import type { Kernel } from '../../kernel/kernel.ts';
import type { Arrivals } from './arrivals.ts';
import type { MessageStore } from './message-store.ts';
import type { Queue, Queues } from './queues.ts';

/** What the operations of SQS work on. */
export interface SqsContext {
  readonly kernel: Kernel;
  readonly queues: Queues;
  readonly messages: MessageStore;
  readonly arrivals: Arrivals;
}

/** Messages sent at or before this instant are gone. */
export function expiredByMs({ settings }: Queue, nowMs: number): number {
  return nowMs - settings.retentionSeconds * 1000;
}
