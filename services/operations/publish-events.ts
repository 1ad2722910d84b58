import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { fromAttributes } from '../platform/attribute-value.ts';
import { type AuditItem, toOrderEvent } from '../platform/audit-item.ts';
import type { Log } from '../platform/log.ts';
import type { AuditRecord } from './audit-record.ts';
import type { PublishEvents } from './event-publisher.ts';
import { orderEventMessage } from './order-event-message.ts';

interface StreamedEvent {
  readonly sequenceNumber: string;
  readonly message: OrderEventMessage;
}

/**
 * Publishes the audit events of a stream batch. Answers the sequence number of the first that was not published, null when all were:
 * Lambda goes on from there, so that each event is published at least once.
 */
export async function publishEvents(
  records: readonly AuditRecord[],
  publish: PublishEvents,
  log: Log,
): Promise<string | null> {
  const { events, unreadable } = streamedEvents(records, log);
  const refused = await publish(events.map(({ message }) => message));
  if (refused.size > 0) log.warn('events refused', { refused: [...refused] });
  const failed = new Set(
    events.flatMap(({ sequenceNumber, message }) => (refused.has(message.eventId) ? [sequenceNumber] : [])),
  );
  if (unreadable !== null) failed.add(unreadable);
  return records.find(({ sequenceNumber }) => failed.has(sequenceNumber))?.sequenceNumber ?? null;
}

/** Up to the first record that cannot be read: those after it come again with it, so publishing them now would be for nothing. */
function streamedEvents(
  records: readonly AuditRecord[],
  log: Log,
): { readonly events: readonly StreamedEvent[]; readonly unreadable: string | null } {
  const events: StreamedEvent[] = [];
  for (const { sequenceNumber, image } of records) {
    if (!image) continue; // events are never changed, and removal is no news
    try {
      const message = orderEventMessage(toOrderEvent(fromAttributes<AuditItem>(image)));
      events.push({ sequenceNumber, message });
    } catch (error) {
      log.error('audit event cannot be published', error, { sequenceNumber });
      return { events, unreadable: sequenceNumber };
    }
  }
  return { events, unreadable: null };
}
