import { balanceDeltaOf, signedBuyingPower } from '@brokerage/domain/ledger/balance';
import type { LedgerEntry } from '@brokerage/domain/ledger/entry';
import type { Cents } from '@brokerage/domain/money/cents';
import { toLedgerItem } from '../platform/ledger-item.ts';
import type { TransactAction } from '../platform/transaction.ts';
import { BALANCE_ITEM } from './client.ts';

export interface BookTables {
  readonly accounts: string;
  readonly ledger: string;
}

/** The entry itself: immutable, so it must not be there yet. */
export function entryAction(tables: BookTables, entry: LedgerEntry): TransactAction {
  const condition = { expression: 'attribute_not_exists(entryKey)' };
  return { kind: 'PUT', table: tables.ledger, item: toLedgerItem(entry), condition };
}

/**
 * What the entry adds to its client's balance; null when it moves house accounts only. Additions commute, so there is no version.
 * `availableAtLeast` is the condition of what a client starts.
 */
export function balanceAction(
  tables: BookTables,
  entry: LedgerEntry,
  availableAtLeast: Cents | null = null,
): TransactAction | null {
  const delta = balanceDeltaOf([entry]);
  if (entry.accountId === null || Object.values(delta).every((amount) => amount === 0)) return null;
  return {
    kind: 'UPDATE',
    table: tables.accounts,
    key: { accountId: entry.accountId, item: BALANCE_ITEM },
    update: {
      expression:
        'ADD availableCents :available, blockedCents :blocked, receivableCents :receivable, payableCents :payable, ' +
        'buyingPowerCents :buyingPower',
      values: {
        ':available': delta.availableCents,
        ':blocked': delta.blockedCents,
        ':receivable': delta.receivableCents,
        ':payable': delta.payableCents,
        ':buyingPower': signedBuyingPower(delta),
      },
    },
    ...(availableAtLeast === null
      ? {}
      : { condition: { expression: 'availableCents >= :needed', values: { ':needed': availableAtLeast } } }),
  };
}
