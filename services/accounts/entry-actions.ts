import { balanceDeltaOf } from '@brokerage/domain/ledger/balance';
import type { LedgerEntry } from '@brokerage/domain/ledger/entry';
import type { Cents } from '@brokerage/domain/money/cents';
import { addToBalance } from '../platform/account-item.ts';
import { NEW_ENTRY, toLedgerItem } from '../platform/ledger-item.ts';
import type { TransactAction } from '../platform/transaction.ts';

export interface BookTables {
  readonly accounts: string;
  readonly ledger: string;
}

/** The entry itself: immutable, so it must not be there yet. */
export function entryAction(tables: BookTables, entry: LedgerEntry): TransactAction {
  return { kind: 'PUT', table: tables.ledger, item: toLedgerItem(entry), condition: NEW_ENTRY };
}

/**
 * What the entry adds to its client's balance; null when it moves house accounts only. `availableAtLeast` is the condition of what a client
 * starts.
 */
export function balanceAction(
  tables: BookTables,
  entry: LedgerEntry,
  availableAtLeast: Cents | null = null,
): TransactAction | null {
  const delta = balanceDeltaOf([entry]);
  if (entry.accountId === null || Object.values(delta).every((amount) => amount === 0)) return null;
  const condition =
    availableAtLeast === null
      ? undefined
      : { expression: 'availableCents >= :needed', values: { ':needed': availableAtLeast } };
  return addToBalance(tables.accounts, entry.accountId, delta, condition);
}
