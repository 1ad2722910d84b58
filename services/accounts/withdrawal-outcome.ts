import type { Payout } from '@brokerage/contracts/bank';
import type { EpochMs } from '@brokerage/domain/calendar/instant';
import { type TradingCalendar, tradeDateAt } from '@brokerage/domain/calendar/trading-calendar';
import { depositEntry, withdrawalFailedEntry, withdrawalPaidEntry } from '@brokerage/domain/ledger/cash-entries';
import type { LedgerEntry } from '@brokerage/domain/ledger/entry';
import type { Withdrawal } from './transfer.ts';

export type PayoutStatus = Payout['status'];

export interface WithdrawalOutcome {
  readonly withdrawal: Withdrawal;
  readonly entry: LedgerEntry;
}

/**
 * What the bank's word on a payout makes of a withdrawal; null when it changes nothing. FAILED and RETURNED give the money back. One that came
 * back after it was booked as paid is money that comes in: the payout account was closed by the first entry.
 */
export function withdrawalOutcome(
  withdrawal: Withdrawal,
  payout: PayoutStatus,
  nowMs: EpochMs,
  calendar: TradingCalendar,
): WithdrawalOutcome | null {
  const { transferId: key, accountId, amountCents, status: before } = withdrawal;
  const movement = { key, accountId, amountCents, atMs: nowMs, tradeDate: tradeDateAt(nowMs, calendar) };
  if (payout === 'PENDING') return null;
  const ended = { ...withdrawal, status: payout, updatedAtMs: nowMs };
  if (before === 'PENDING') {
    const entry = payout === 'PAID' ? withdrawalPaidEntry(movement) : withdrawalFailedEntry(movement);
    return { withdrawal: ended, entry };
  }
  if (before === 'PAID' && payout === 'RETURNED') return { withdrawal: ended, entry: depositEntry(movement) };
  return null;
}
