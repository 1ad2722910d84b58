import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { assert } from '@brokerage/domain/assert';

/**
 * An order event as a queue behind the topic delivers it (raw delivery). It was written by `publish-events`, whose test holds it to the schema;
 * parsing all of it again in each of three consumers would cost more than their work.
 */
export function orderEventOf(text: string): OrderEventMessage {
  const event: OrderEventMessage = JSON.parse(text);
  assert(typeof event.eventId === 'string' && Number.isInteger(event.seq), 'the message is not an order event');
  return event;
}
