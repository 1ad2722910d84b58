import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import type { OrderMessage } from '@brokerage/contracts/stream';

/** An order event as a client's stream carries it. */
export function orderMessage({ eventId, seq, type, occurredAt, order, fills }: OrderEventMessage): OrderMessage {
  return { type: 'order', eventId, seq, event: type, time: occurredAt, order, fills };
}
