import { saoPauloDate } from '@brokerage/domain/calendar/instant';
import { depositEntry, withdrawalEntry } from '@brokerage/domain/ledger/cash-entries';
import { describe, expect, it } from 'vitest';
import type { Tables } from '../platform/tables.ts';
import type { TransactAction, TransactOutcome } from '../platform/transaction.ts';
import { ANA, aWithdrawal, NOON } from './testing/builders.ts';
import type { Payment } from './transfer.ts';
import { createTransferReader } from './transfer-reader.ts';
import { createTransfersStore } from './transfers-store.ts';

const movement = {
  key: 'K',
  accountId: ANA,
  amountCents: aWithdrawal().amountCents,
  atMs: NOON,
  tradeDate: saoPauloDate(NOON),
};

const payment: Payment = {
  transferId: 'E2E#E1',
  kind: 'PAYMENT',
  endToEndId: 'E1',
  txid: 't',
  accountId: ANA,
  amountCents: movement.amountCents,
  status: 'CREDITED',
  createdAtMs: NOON,
};

function aStore(outcome: TransactOutcome) {
  const transactions: (readonly TransactAction[])[] = [];
  const tables = {
    transact: async (actions: readonly TransactAction[]) => {
      transactions.push(actions);
      return outcome;
    },
  } as unknown as Tables;
  const store = createTransfersStore(tables, { accounts: 'Accounts', ledger: 'Ledger', transfers: 'Transfers' });
  return { store, transactions };
}

describe('the transfers store', () => {
  it.each([
    [{ kind: 'WRITTEN' }, 'ADDED'],
    [{ kind: 'REFUSED', failedActions: [1] }, 'INSUFFICIENT_FUNDS'],
    [{ kind: 'REFUSED', failedActions: [0] }, 'EXISTS'],
    [{ kind: 'REFUSED', failedActions: [0, 1] }, 'EXISTS'],
    [{ kind: 'REPEATED' }, 'EXISTS'],
  ] as const)('reads %j of a new withdrawal as %s', async (outcome, result) => {
    expect(await aStore(outcome).store.addWithdrawal(aWithdrawal(), withdrawalEntry(movement))).toBe(result);
  });

  it('writes withdrawal, balance and entry together, the balance on condition', async () => {
    const { store, transactions } = aStore({ kind: 'WRITTEN' });
    await store.addWithdrawal(aWithdrawal(), withdrawalEntry(movement));
    const [actions] = transactions;
    expect(actions?.map(({ kind, table }) => [kind, table])).toEqual([
      ['PUT', 'Transfers'],
      ['UPDATE', 'Accounts'],
      ['PUT', 'Ledger'],
    ]);
    expect(actions?.[1]?.condition).toEqual({ expression: 'availableCents >= :needed', values: { ':needed': 1_000 } });
  });

  it('credits a payment with its marker, its entry, its deposit and the balance; one held apart touches no client', async () => {
    const { store, transactions } = aStore({ kind: 'WRITTEN' });
    await store.bookPayment(payment, depositEntry(movement));
    await store.bookPayment({ ...payment, status: 'RETURNING' }, depositEntry(movement));
    expect(transactions.map((actions) => actions.map(({ table }) => table))).toEqual([
      ['Transfers', 'Ledger', 'Transfers', 'Accounts'],
      ['Transfers', 'Ledger'],
    ]);
  });

  it('names no account of a payment that nobody is known to have sent, as an index takes no null, and reads it as such', async () => {
    const { store, transactions } = aStore({ kind: 'WRITTEN' });
    await store.bookPayment({ ...payment, accountId: null, status: 'RETURNING' }, depositEntry(movement));
    const [put] = transactions[0] ?? [];
    const item = put?.kind === 'PUT' ? put.item : {};
    expect(item).not.toHaveProperty('accountId');
    const tables = { get: async () => item } as unknown as Tables;
    expect((await createTransferReader(tables, 'Transfers').payment('E1'))?.accountId).toBeNull();
  });
});
