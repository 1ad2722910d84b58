import type { Order } from '@brokerage/domain/orders/order';
import type { Queue } from '../platform/queue.ts';
import type { FollowUp } from './order-message.ts';

/** Sends orders to the resolver, which asks the exchange about them. */
export interface FollowUps {
  /** The n-th try, from 0, waits twice as long as the one before. */
  ask(order: Pick<Order, 'orderId' | 'correlationId'>, tries?: number): Promise<void>;
}

/** Long enough for reports under way to arrive by themselves, short enough for a client who watches. */
const FIRST_DELAY_SECONDS = 2;
const MAX_DELAY_SECONDS = 60;

function followUpDelaySeconds(tries: number): number {
  return Math.min(MAX_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** tries);
}

export function createFollowUps(queue: Queue): FollowUps {
  return {
    async ask({ orderId, correlationId }, tries = 0) {
      const followUp: FollowUp = { orderId, correlationId, tries };
      await queue.send(followUp, followUpDelaySeconds(tries));
    },
  };
}
