import type { DepositView, WithdrawalView } from '@brokerage/contracts/rest/accounts';
import { type EpochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import type { AccountId } from '@brokerage/domain/identifiers';
import type { Cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';

/** A PIX charge that a client asked for. `copyAndPaste` is null until the bank has made it. The sums are of what came for it. */
export interface Deposit {
  readonly transferId: string;
  readonly kind: 'DEPOSIT';
  readonly accountId: AccountId;
  readonly amountCents: Cents;
  readonly copyAndPaste: string | null;
  /** Credited to the client. */
  readonly paidCents: Cents;
  /** Given back to whoever paid it. */
  readonly returnedCents: Cents;
  readonly createdAtMs: EpochMs;
  readonly expiresAtMs: EpochMs;
}

/** A PIX to the client. PENDING until the bank's definite word. `pendingKind` is there while it is: key of the sparse index byPending. */
export interface Withdrawal {
  readonly transferId: string;
  readonly kind: 'WITHDRAWAL';
  readonly accountId: AccountId;
  readonly amountCents: Cents;
  readonly status: 'PENDING' | 'PAID' | 'FAILED' | 'RETURNED';
  readonly createdAtMs: EpochMs;
  readonly updatedAtMs: EpochMs;
  readonly pendingKind?: 'WITHDRAWAL';
}

/** A payment received, once per end-to-end id. `accountId` null: no charge of ours asked for it. RETURNING: held apart until the bank has it back. */
export interface Payment {
  readonly transferId: string;
  readonly kind: 'PAYMENT';
  readonly endToEndId: string;
  readonly txid: string;
  readonly accountId: AccountId | null;
  readonly amountCents: Cents;
  readonly status: 'CREDITED' | 'RETURNING' | 'RETURNED';
  readonly createdAtMs: EpochMs;
  readonly pendingKind?: 'RETURN';
}

/** A payment as the Transfers table keeps it: without an account it has no place in the index byAccount, whose keys may not be null. */
export function toPaymentItem({ accountId, ...payment }: Payment): object {
  return accountId === null ? payment : { ...payment, accountId };
}

export function toPayment(item: Omit<Payment, 'accountId'> & Partial<Payment>): Payment {
  return { ...item, accountId: item.accountId ?? null };
}

export function paymentId(endToEndId: string): string {
  return `E2E#${endToEndId}`;
}

export function depositView(deposit: Deposit, nowMs: number): DepositView {
  const { paidCents, returnedCents } = deposit;
  return {
    txid: deposit.transferId,
    amount: formatCents(deposit.amountCents),
    status: depositStatus(deposit, nowMs),
    copyAndPaste: deposit.copyAndPaste ?? '',
    paidAmount: paidCents + returnedCents === 0 ? null : formatCents(paidCents > 0 ? paidCents : returnedCents),
    createdAt: formatInstant(deposit.createdAtMs),
    expiresAt: formatInstant(deposit.expiresAtMs),
  };
}

/** PAID once anything was credited, whatever else came for it and went back. */
function depositStatus({ paidCents, returnedCents, expiresAtMs }: Deposit, nowMs: number): DepositView['status'] {
  if (paidCents > 0) return 'PAID';
  if (returnedCents > 0) return 'RETURNED';
  return nowMs >= expiresAtMs ? 'EXPIRED' : 'PENDING';
}

export function withdrawalView(withdrawal: Withdrawal): WithdrawalView {
  return {
    withdrawalId: withdrawal.transferId,
    amount: formatCents(withdrawal.amountCents),
    status: withdrawal.status,
    createdAt: formatInstant(withdrawal.createdAtMs),
    updatedAt: formatInstant(withdrawal.updatedAtMs),
  };
}
