import { assert } from '../assert.ts';
import type { CalendarDate, EpochMs } from '../calendar/instant.ts';
import type { AccountId } from '../identifiers.ts';
import type { Cents } from '../money/cents.ts';
import { type LedgerEntry, ledgerEntry, post } from './entry.ts';

/** Money that a client moves by PIX. `key`: the end-to-end id of a deposit, the withdrawal id of a payout. */
export interface CashMovement {
  readonly key: string;
  readonly accountId: AccountId;
  readonly amountCents: Cents;
  readonly atMs: EpochMs;
  readonly tradeDate: CalendarDate;
}

/** Line 1: what was paid is credited, once per end-to-end id. */
export function depositEntry(deposit: CashMovement): LedgerEntry {
  return cashEntry('DEPOSIT', deposit, (amount) => [post('house.bank', -amount), post('available', amount)]);
}

/** Line 1b, first half: money that came from another CPF is held apart, to be given back. */
export function depositRefusedEntry(deposit: CashMovement): LedgerEntry {
  return cashEntry('DEPOSIT_REFUSED', deposit, (amount) => [
    post('house.bank', -amount),
    post('house.returns', amount),
  ]);
}

/** Line 1b, second half: it has been given back. */
export function depositReturnedEntry(deposit: CashMovement): LedgerEntry {
  return cashEntry('DEPOSIT_RETURNED', deposit, (amount) => [
    post('house.returns', -amount),
    post('house.bank', amount),
  ]);
}

/** Line 11, asked. The store books it on condition that `availableCents` ≥ the amount. */
export function withdrawalEntry(withdrawal: CashMovement): LedgerEntry {
  return cashEntry('WITHDRAWAL', withdrawal, (amount) => [post('available', -amount), post('house.payouts', amount)]);
}

/** Line 11, paid: the bank has it. */
export function withdrawalPaidEntry(withdrawal: CashMovement): LedgerEntry {
  return cashEntry('WITHDRAWAL_PAID', withdrawal, (amount) => [
    post('house.payouts', -amount),
    post('house.bank', amount),
  ]);
}

/** Line 11, failed: only the bank's definite refusal, or a payout that came back, gives the money back. */
export function withdrawalFailedEntry(withdrawal: CashMovement): LedgerEntry {
  return cashEntry('WITHDRAWAL_FAILED', withdrawal, (amount) => [
    post('house.payouts', -amount),
    post('available', amount),
  ]);
}

function cashEntry(
  kind: LedgerEntry['kind'],
  { key, accountId, amountCents, atMs, tradeDate }: CashMovement,
  postings: (amount: Cents) => LedgerEntry['money'],
): LedgerEntry {
  assert(amountCents > 0, `${kind} ${key} of ${amountCents} centavos`);
  return ledgerEntry(
    { kind, key: [key], accountId, atMs, tradeDate, settlementDate: tradeDate },
    postings(amountCents),
  );
}
