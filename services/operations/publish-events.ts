import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { type AttributeMap, fromAttributes } from '../platform/attribute-value.ts';
import { type AuditItem, toOrderEvent } from '../platform/audit-item.ts';
import type { Log } from '../platform/log.ts';
import type { PublishEvents } from './event-publisher.ts';
import { orderEventMessage } from './order-event-message.ts';

interface StreamedEvent {
  readonly sequenceNumber: string;
  readonly message: OrderEventMessage;
}

/**
 * Publishes the audit events of a stream batch. Answers the first record that was not published: Lambda goes on from there, so
 * that each event is published at least once (the mapping must have ReportBatchItemFailures).
 */
export async function publishEvents(
  records: readonly DynamoDBRecord[],
  publish: PublishEvents,
  log: Log,
): Promise<DynamoDBBatchResponse> {
  const { events, unreadable } = streamedEvents(records, log);
  const refused = await publish(events.map(({ message }) => message));
  if (refused.size > 0) log.warn('events refused', { refused: [...refused] });
  const failed = new Set(
    events.flatMap(({ sequenceNumber, message }) => (refused.has(message.eventId) ? [sequenceNumber] : [])),
  );
  if (unreadable !== null) failed.add(unreadable);
  const first = records.map(sequenceNumberOf).find((sequenceNumber) => failed.has(sequenceNumber));
  return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
}

/** Up to the first record that cannot be read: those after it come again with it, so publishing them now would be for nothing. */
function streamedEvents(
  records: readonly DynamoDBRecord[],
  log: Log,
): { readonly events: readonly StreamedEvent[]; readonly unreadable: string | null } {
  const events: StreamedEvent[] = [];
  for (const record of records) {
    const sequenceNumber = sequenceNumberOf(record);
    try {
      const image = record.dynamodb?.NewImage;
      if (record.eventName !== 'INSERT' || !image) continue; // events are never changed; removal is not news
      const item = fromAttributes<AuditItem>(image as AttributeMap);
      events.push({ sequenceNumber, message: orderEventMessage(toOrderEvent(item)) });
    } catch (error) {
      log.error('audit event cannot be published', error, { sequenceNumber });
      return { events, unreadable: sequenceNumber };
    }
  }
  return { events, unreadable: null };
}

function sequenceNumberOf(record: DynamoDBRecord): string {
  return record.dynamodb?.SequenceNumber ?? '';
}
