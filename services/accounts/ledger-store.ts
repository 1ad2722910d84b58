import { type EpochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import type { AccountId } from '@brokerage/domain/identifiers';
import type { EntryKind, LedgerEntry } from '@brokerage/domain/ledger/entry';
import { type LedgerItem, toLedgerEntry } from '../platform/ledger-item.ts';
import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';

export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  /** Where the next page starts; null on the last. */
  readonly lastKey: string | null;
}

/** Reads a client's ledger. Entries are immutable, so a page once read stays as it was. */
export interface LedgerStore {
  /** Oldest first, those after an entry key, or from the first one on. */
  page(accountId: AccountId, afterKey: string | null, limit: number): Promise<LedgerPage>;
  /** Entries since an instant that settle on a date or settle what did. */
  settling(accountId: AccountId, since: EpochMs): Promise<readonly LedgerEntry[]>;
}

const SETTLING_KINDS: readonly EntryKind[] = ['TRADE', 'NOTE_COST', 'NOTE_TAX', 'SETTLEMENT', 'BUST', 'CORRECTION'];

export function createLedgerStore(tables: Tables, table: string): LedgerStore {
  return {
    async page(accountId, afterKey, limit) {
      const key = { expression: 'accountId = :account', values: { ':account': accountId } };
      const after = afterKey === null ? null : { accountId, entryKey: afterKey };
      const { items, lastKey } = await tables.query<LedgerItem>({ table, key, limit, after });
      return { entries: items.map(toLedgerEntry), lastKey: lastKey ? String(lastKey.entryKey) : null };
    },
    async settling(accountId, since) {
      const key = {
        expression: 'accountId = :account AND entryKey >= :since',
        values: { ':account': accountId, ':since': formatInstant(since) },
      };
      const values = Object.fromEntries(SETTLING_KINDS.map((kind, index) => [`:kind${index}`, kind]));
      const filter = { expression: `#kind IN (${Object.keys(values).join(', ')})`, names: { '#kind': 'kind' }, values };
      const items = await readAll<LedgerItem>((after) => tables.query({ table, key, filter, after }));
      return items.map(toLedgerEntry);
    },
  };
}
