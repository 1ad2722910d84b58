import { AwsError } from '../../kernel/aws-error.ts';
import { MAX_BATCH_ENTRIES } from './limits.ts';

interface BatchEntry {
  readonly Id?: unknown;
}

interface Failure {
  readonly Id: string;
  readonly Code: string;
  readonly Message: string;
  readonly SenderFault: boolean;
}

const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

/** Refuses a batch as a whole, in AWS's order: empty, too many, ids malformed, ids repeated. */
export function checkBatch<E extends BatchEntry>(entries: readonly E[] | undefined, entryType: string): readonly E[] {
  if (!Array.isArray(entries) || entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${entryType} in the request.`);
  }
  if (entries.length > MAX_BATCH_ENTRIES) {
    const message = `Maximum number of entries per request are ${MAX_BATCH_ENTRIES}. You have sent ${entries.length}.`;
    throw new AwsError('TooManyEntriesInBatchRequest', message);
  }
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (typeof Id !== 'string' || !ENTRY_ID.test(Id)) throw invalidEntryId();
    if (ids.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    ids.add(Id);
  }
  return entries;
}

/** Runs each entry on its own: refusals become `Failed` entries and harm no other. */
export function runBatch<E extends BatchEntry, R>(
  entries: readonly E[],
  run: (entry: E) => R,
): { Successful: (R & { Id: string })[]; Failed?: Failure[] } {
  const successful: (R & { Id: string })[] = [];
  const failed: Failure[] = [];
  for (const entry of entries) {
    const Id = entry.Id as string;
    try {
      successful.push({ ...run(entry), Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return failed.length === 0 ? { Successful: successful } : { Successful: successful, Failed: failed };
}

function invalidEntryId(): AwsError {
  const message = `A batch entry id can only contain alphanumeric characters, hyphens and underscores. \
It can be at most 80 letters long.`;
  return new AwsError('InvalidBatchEntryId', message);
}
