import { type Balance, signedBuyingPower } from '@brokerage/domain/ledger/balance';
import type { Expression } from './table-expression.ts';
import type { TransactAction } from './transaction.ts';

/** Sort keys of the Accounts table, partition key `accountId`. */
export const CLIENT_ITEM = 'CLIENT';
export const BALANCE_ITEM = 'BALANCE';
export const POSITION_PREFIX = 'POSITION#';

export function positionItem(isin: string): string {
  return `${POSITION_PREFIX}${isin}`;
}

/** Adds to a client's balance. It has no version: additions at once commute, and only what the client starts has a condition. */
export function addToBalance(
  table: string,
  accountId: string,
  delta: Omit<Balance, 'buyingPowerCents'>,
  condition?: Expression,
): TransactAction {
  return {
    kind: 'UPDATE',
    table,
    key: { accountId, item: BALANCE_ITEM },
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
    ...(condition && { condition }),
  };
}
