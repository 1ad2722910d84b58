import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { epochMs, saoPauloDate } from '@brokerage/domain/calendar/instant';
import { sha256Hex } from '../platform/identity.ts';
import type { ObjectBucket } from '../platform/object-bucket.ts';

/**
 * Archives a batch of events as one object, an event a line. Its key follows from the events, so that a batch which comes again overwrites
 * itself; an event that comes again in another batch stands twice, and readers go by `eventId`.
 */
export async function archiveAudit(
  events: readonly OrderEventMessage[],
  bucket: Pick<ObjectBucket, 'put'>,
): Promise<void> {
  const unique = new Map(events.map((event) => [event.eventId, event]));
  const sorted = [...unique.values()].sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
  const lines = sorted.map((event) => `${JSON.stringify(event)}\n`).join('');
  await bucket.put(archiveKey(sorted), lines, 'application/x-ndjson');
}

/** Partitioned by São Paulo's date, the way Athena prunes by. */
function archiveKey(events: readonly OrderEventMessage[]): string {
  const firstAtMs = Math.min(...events.map((event) => Date.parse(event.occurredAt)));
  const date = saoPauloDate(epochMs(firstAtMs));
  return `events/date=${date}/${sha256Hex(events.map((event) => event.eventId).join()).slice(0, 32)}.ndjson`;
}
