import type { Log } from '../platform/log.ts';
import { RetryLater } from '../platform/queue-worker.ts';
import type { ReadStreamRange, StreamRange } from './audit-stream-gateway.ts';
import type { PublishEvents } from './event-publisher.ts';
import { publishEvents } from './publish-events.ts';

export interface RecoveryTools {
  readonly readRange: ReadStreamRange;
  readonly publish: PublishEvents;
  readonly log: Log;
}

/** What kept the topic or the bus from taking events through all of Lambda's own tries takes longer than a backoff. */
const RETRY_SECONDS = 60;

/** Publishes what the stream's mapping had given up, from where it still is: the stream. Throws when any of it is refused again. */
export async function recoverPublications(
  { readRange, publish, log }: RecoveryTools,
  range: StreamRange,
): Promise<void> {
  const failed = await publishEvents(await readRange(range), publish, log);
  if (failed !== null) throw new RetryLater(`record ${failed} could not be published`, RETRY_SECONDS);
  const { startSequenceNumber, endSequenceNumber } = range;
  log.info('events that were given up are published', { startSequenceNumber, endSequenceNumber });
}
