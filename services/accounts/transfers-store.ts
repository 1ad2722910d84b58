import type { LedgerEntry } from '@brokerage/domain/ledger/entry';
import { requestToken } from '../platform/identity.ts';
import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';
import type { TransactAction } from '../platform/transaction.ts';
import { type BookTables, balanceAction, entryAction } from './entry-actions.ts';
import { type Deposit, type Payment, toPaymentItem, type Withdrawal } from './transfer.ts';
import { createTransferReader, type TransferReader } from './transfer-reader.ts';

/** Money that moves between clients and the bank. Each change is one transaction with its ledger entry and the balance; where it answers false it did nothing. */
export interface TransfersStore extends TransferReader {
  /** False when it exists already. */
  addDeposit(deposit: Deposit): Promise<boolean>;
  setCopyAndPaste(txid: string, copyAndPaste: string): Promise<void>;
  /** Credits a payment, or holds it apart, as its status and entry say. False when its end-to-end id is booked already. */
  bookPayment(payment: Payment, entry: LedgerEntry): Promise<boolean>;
  /** RETURNING → RETURNED. False when it was not RETURNING. */
  bookReturn(payment: Payment, entry: LedgerEntry): Promise<boolean>;
  addWithdrawal(withdrawal: Withdrawal, entry: LedgerEntry): Promise<'ADDED' | 'EXISTS' | 'INSUFFICIENT_FUNDS'>;
  /** False when it no longer has the status `before`. */
  endWithdrawal(withdrawal: Withdrawal, before: Withdrawal['status'], entry: LedgerEntry): Promise<boolean>;
  /** What still awaits the bank and was made before an instant. The index may lag a little. */
  pending(kind: 'WITHDRAWAL', beforeMs: number): Promise<readonly Withdrawal[]>;
  pending(kind: 'RETURN', beforeMs: number): Promise<readonly Payment[]>;
}

export interface TransferTables extends BookTables {
  readonly transfers: string;
}

const IS_NEW = { expression: 'attribute_not_exists(transferId)' };
/** Place of the balance among the actions of a new withdrawal: its failure is the only one that means too little money. */
const BALANCE_INDEX = 1;

export function createTransfersStore(tables: Tables, names: TransferTables): TransfersStore {
  const table = names.transfers;
  return {
    ...createTransferReader(tables, table),
    addDeposit: (deposit) => tables.put(table, deposit, IS_NEW),
    async setCopyAndPaste(transferId, text) {
      const update = { expression: 'SET copyAndPaste = :text', values: { ':text': text } };
      await tables.update(table, { transferId }, update);
    },
    bookPayment: (payment, entry) => bookPayment(tables, names, payment, entry),
    bookReturn: (payment, entry) => bookReturn(tables, names, payment, entry),
    addWithdrawal: (withdrawal, entry) => addWithdrawal(tables, names, withdrawal, entry),
    endWithdrawal: (withdrawal, before, entry) => endWithdrawal(tables, names, withdrawal, before, entry),
    pending: <Shape>(kind: string, beforeMs: number) => {
      const expression = 'pendingKind = :kind AND createdAtMs < :before';
      const key = { expression, values: { ':kind': kind, ':before': beforeMs } };
      return readAll<Shape>((after) => tables.query({ table, index: 'byPending', key, after }));
    },
  };
}

async function bookPayment(
  tables: Tables,
  names: TransferTables,
  payment: Payment,
  entry: LedgerEntry,
): Promise<boolean> {
  const actions: TransactAction[] = [
    { kind: 'PUT', table: names.transfers, item: toPaymentItem(payment), condition: IS_NEW },
  ];
  actions.push(entryAction(names, entry));
  if (payment.status === 'CREDITED') {
    actions.push(depositAction(names, payment, 'paidCents'));
    const balance = balanceAction(names, entry);
    if (balance) actions.push(balance);
  }
  return (await tables.transact(actions, requestToken('PAYMENT', payment.endToEndId))).kind === 'WRITTEN';
}

async function bookReturn(
  tables: Tables,
  names: TransferTables,
  payment: Payment,
  entry: LedgerEntry,
): Promise<boolean> {
  const isReturning = {
    expression: '#status = :before',
    names: { '#status': 'status' },
    values: { ':before': 'RETURNING' },
  };
  const { pendingKind: _pending, ...rest } = payment;
  const returned = toPaymentItem({ ...rest, status: 'RETURNED' });
  const actions: TransactAction[] = [{ kind: 'PUT', table: names.transfers, item: returned, condition: isReturning }];
  actions.push(entryAction(names, entry));
  if (payment.accountId !== null) actions.push(depositAction(names, payment, 'returnedCents'));
  return (await tables.transact(actions, requestToken('RETURN', payment.endToEndId))).kind === 'WRITTEN';
}

function depositAction(names: TransferTables, payment: Payment, sum: 'paidCents' | 'returnedCents'): TransactAction {
  const update = { expression: `ADD ${sum} :amount`, values: { ':amount': payment.amountCents } };
  return { kind: 'UPDATE', table: names.transfers, key: { transferId: payment.txid }, update };
}

async function addWithdrawal(
  tables: Tables,
  names: TransferTables,
  withdrawal: Withdrawal,
  entry: LedgerEntry,
): Promise<'ADDED' | 'EXISTS' | 'INSUFFICIENT_FUNDS'> {
  const balance = balanceAction(names, entry, withdrawal.amountCents);
  const actions = [
    { kind: 'PUT', table: names.transfers, item: withdrawal, condition: IS_NEW } as const,
    ...(balance ? [balance] : []),
    entryAction(names, entry),
  ];
  const outcome = await tables.transact(actions, requestToken('WITHDRAWAL', withdrawal.transferId));
  if (outcome.kind === 'WRITTEN') return 'ADDED';
  const isShort = outcome.kind === 'REFUSED' && outcome.failedActions.every((index) => index === BALANCE_INDEX);
  return isShort ? 'INSUFFICIENT_FUNDS' : 'EXISTS';
}

async function endWithdrawal(
  tables: Tables,
  names: TransferTables,
  withdrawal: Withdrawal,
  before: Withdrawal['status'],
  entry: LedgerEntry,
): Promise<boolean> {
  const { pendingKind: _pending, ...item } = withdrawal;
  const condition = { expression: '#status = :before', names: { '#status': 'status' }, values: { ':before': before } };
  const balance = balanceAction(names, entry);
  const actions = [
    { kind: 'PUT', table: names.transfers, item, condition } as const,
    entryAction(names, entry),
    ...(balance ? [balance] : []),
  ];
  const token = requestToken('WITHDRAWAL', withdrawal.transferId, before, withdrawal.status);
  return (await tables.transact(actions, token)).kind === 'WRITTEN';
}
