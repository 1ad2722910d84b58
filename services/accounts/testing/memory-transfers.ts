import { balanceDeltaOf } from '@brokerage/domain/ledger/balance';
import type { LedgerEntry } from '@brokerage/domain/ledger/entry';
import type { Deposit, Payment, Withdrawal } from '../transfer.ts';
import type { TransfersStore } from '../transfers-store.ts';

export interface MemoryTransfers extends TransfersStore {
  /** Every entry booked, in order. */
  readonly entries: LedgerEntry[];
  /** What the entries leave as available. */
  availableCents(): number;
}

/** The transfers store in memory, with its conditions: for use cases, which must not know the difference. */
export function memoryTransfers(openingCents = 0): MemoryTransfers {
  const deposits = new Map<string, Deposit>();
  const withdrawals = new Map<string, Withdrawal>();
  const payments = new Map<string, Payment>();
  const entries: LedgerEntry[] = [];
  const availableCents = () => openingCents + balanceDeltaOf(entries).availableCents;

  function addTo(txid: string, sum: 'paidCents' | 'returnedCents', payment: Payment): void {
    const deposit = deposits.get(txid);
    if (deposit) deposits.set(txid, { ...deposit, [sum]: deposit[sum] + payment.amountCents });
  }

  return {
    entries,
    availableCents,
    deposit: async (txid) => deposits.get(txid) ?? null,
    withdrawal: async (withdrawalId) => withdrawals.get(withdrawalId) ?? null,
    payment: async (endToEndId) => payments.get(endToEndId) ?? null,
    async addDeposit(deposit) {
      if (deposits.has(deposit.transferId)) return false;
      deposits.set(deposit.transferId, deposit);
      return true;
    },
    async setCopyAndPaste(txid, copyAndPaste) {
      deposits.set(txid, { ...deposits.get(txid)!, copyAndPaste });
    },
    async bookPayment(payment, entry) {
      if (payments.has(payment.endToEndId)) return false;
      payments.set(payment.endToEndId, payment);
      entries.push(entry);
      if (payment.status === 'CREDITED') addTo(payment.txid, 'paidCents', payment);
      return true;
    },
    async bookReturn(payment, entry) {
      if (payments.get(payment.endToEndId)?.status !== 'RETURNING') return false;
      payments.set(payment.endToEndId, { ...payment, status: 'RETURNED' });
      entries.push(entry);
      addTo(payment.txid, 'returnedCents', payment);
      return true;
    },
    async addWithdrawal(withdrawal, entry) {
      if (withdrawals.has(withdrawal.transferId)) return 'EXISTS';
      if (availableCents() < withdrawal.amountCents) return 'INSUFFICIENT_FUNDS';
      withdrawals.set(withdrawal.transferId, withdrawal);
      entries.push(entry);
      return 'ADDED';
    },
    async endWithdrawal(withdrawal, before, entry) {
      if (withdrawals.get(withdrawal.transferId)?.status !== before) return false;
      withdrawals.set(withdrawal.transferId, withdrawal);
      entries.push(entry);
      return true;
    },
    pending: (async (kind: 'WITHDRAWAL' | 'RETURN', beforeMs: number) =>
      [...(kind === 'WITHDRAWAL' ? withdrawals : payments).values()].filter(
        ({ status, createdAtMs }) => (status === 'PENDING' || status === 'RETURNING') && createdAtMs < beforeMs,
      )) as TransfersStore['pending'],
  };
}
