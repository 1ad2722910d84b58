import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { orderText } from './order-texts.ts';

/** A rendered message that awaits its sending: item of the Outbox table. Addresses are the sender's to look up. */
export interface OutboxItem {
  readonly accountId: string;
  readonly notificationId: string;
  readonly channel: 'EMAIL' | 'SMS';
  readonly subject: string | null;
  readonly body: string;
  readonly orderId: string;
  readonly eventId: string;
  readonly createdAt: string;
}

export type SaveOutbox = (items: readonly OutboxItem[]) => Promise<void>;

/**
 * Renders what clients are told of a batch of events and writes all of it at once. An item follows from its event alone, under
 * the event's id, so that a repeated event writes what is there already.
 */
export async function notify(events: readonly OrderEventMessage[], save: SaveOutbox): Promise<void> {
  const items = new Map<string, OutboxItem>();
  for (const item of events.flatMap(outboxItems)) items.set(item.notificationId, item);
  if (items.size > 0) await save([...items.values()]);
}

export function outboxItems(event: OrderEventMessage): readonly OutboxItem[] {
  const text = orderText(event);
  if (!text) return [];
  const { accountId, orderId, eventId, occurredAt: createdAt } = event;
  const about = { accountId, orderId, eventId, createdAt };
  return [
    { ...about, notificationId: `${eventId}#EMAIL`, channel: 'EMAIL', subject: text.subject, body: text.body },
    { ...about, notificationId: `${eventId}#SMS`, channel: 'SMS', subject: null, body: text.sms },
  ];
}
