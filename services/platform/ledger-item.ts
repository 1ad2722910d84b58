import { formatInstant } from '@brokerage/domain/calendar/instant';
import { accountId } from '@brokerage/domain/identifiers';
import type { LedgerEntry } from '@brokerage/domain/ledger/entry';

/** Partition of the entries that are of no client. */
const HOUSE_PARTITION = 'SUSPENSE';

/** An entry as the Ledger table keeps it: partition key `accountId`, sort key `entryKey`. */
export type LedgerItem = Omit<LedgerEntry, 'accountId'> & { readonly accountId: string; readonly entryKey: string };

/** Condition of every entry's write: it is immutable, so it must not be there yet. */
export const NEW_ENTRY = { expression: 'attribute_not_exists(entryKey)' } as const;

/** Sorted by time within an account: a statement is read in this order. */
export function toLedgerItem(entry: LedgerEntry): LedgerItem {
  return {
    ...entry,
    accountId: entry.accountId ?? HOUSE_PARTITION,
    entryKey: `${formatInstant(entry.atMs)}#${entry.entryId}`,
  };
}

export function toLedgerEntry({ entryKey: _key, ...item }: LedgerItem): LedgerEntry {
  return { ...item, accountId: item.accountId === HOUSE_PARTITION ? null : accountId(item.accountId) };
}
