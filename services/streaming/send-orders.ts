import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { orderEventMessage } from '../operations/order-event-message.ts';
import type { Log } from '../platform/log.ts';
import type { SendFrame, SendOutcome } from './connection-gateway.ts';
import { orderMessage } from './order-message.ts';

/** How many of the events a connection took, from the first on, and what became of the next one: SENT when it took all. FAILED: API Gateway's answer is unknown. */
export interface OrdersSent {
  readonly count: number;
  readonly outcome: SendOutcome | 'FAILED';
}

/** Sends order events to a connection one after the other, up to the first that it does not take. */
export async function sendOrders(
  connectionId: string,
  events: readonly OrderEvent[],
  { send, log }: { readonly send: SendFrame; readonly log: Log },
): Promise<OrdersSent> {
  for (const [count, event] of events.entries()) {
    try {
      const outcome = await send(connectionId, JSON.stringify(orderMessage(orderEventMessage(event))));
      if (outcome !== 'SENT') return { count, outcome };
    } catch (error) {
      log.error('order event could not be sent', error, { connectionId, orderId: event.subjectId, seq: event.seq });
      return { count, outcome: 'FAILED' };
    }
  }
  return { count: events.length, outcome: 'SENT' };
}

export const eventIdOf = ({ subjectId, seq }: OrderEvent): string => `${subjectId}#${seq}`;
