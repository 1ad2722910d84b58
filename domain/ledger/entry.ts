import { assert } from '../assert.ts';
import type { CalendarDate, EpochMs } from '../calendar/instant.ts';
import type { AccountId, ExecutionId, OrderId } from '../identifiers.ts';
import { type Shares, shares } from '../instruments/shares.ts';
import { type Cents, cents, sumCents } from '../money/cents.ts';
import type { MoneyAccount, ShareAccount } from './accounts.ts';

/** What happened, by the numbers of the posting table in docs: the kind is what a statement shows. */
export type EntryKind =
  | 'DEPOSIT' // 1
  | 'DEPOSIT_REFUSED' // 1b, first half
  | 'DEPOSIT_RETURNED' // 1b, second half
  | 'BLOCK' // 2, 7
  | 'TRADE' // 3, 4, 8
  | 'RELEASE' // 5
  | 'AMEND' // 6
  | 'NOTE_COST' // 9
  | 'NOTE_TAX' // 9b
  | 'SETTLEMENT' // 10a, 10b
  | 'WITHDRAWAL' // 11 asked
  | 'WITHDRAWAL_PAID' // 11 paid
  | 'WITHDRAWAL_FAILED' // 11 failed
  | 'BUST' // 12, 12b
  | 'CORRECTION' // 12c
  | 'FEE_PAYMENT' // 13
  | 'CUSTODY_IN'
  | 'SUSPENSE_TRADE'
  | 'SUSPENSE_SETTLEMENT';

export interface MoneyPosting {
  readonly account: MoneyAccount;
  readonly amountCents: Cents;
}

export interface SharePosting {
  readonly account: ShareAccount;
  readonly isin: string;
  readonly quantity: Shares;
}

/** One fact of the double-entry ledger. Never edited, never deleted: a correction is a new entry. */
export interface LedgerEntry {
  /** Derived from the kind and its natural key, so booking the same fact twice collides. */
  readonly entryId: string;
  readonly kind: EntryKind;
  /** The client whose accounts the client postings are of; null when only house accounts move. */
  readonly accountId: AccountId | null;
  readonly atMs: EpochMs;
  readonly tradeDate: CalendarDate;
  readonly settlementDate: CalendarDate | null;
  readonly orderId: OrderId | null;
  readonly executionId: ExecutionId | null;
  readonly money: readonly MoneyPosting[];
  readonly shares: readonly SharePosting[];
}

/** What an entry is about, before its postings. `key` holds the parts that make it unique within its kind. */
export interface EntryHeading {
  readonly kind: EntryKind;
  readonly key: readonly (string | number)[];
  readonly accountId: AccountId | null;
  readonly atMs: EpochMs;
  readonly tradeDate: CalendarDate;
  readonly settlementDate?: CalendarDate;
  readonly orderId?: OrderId;
  readonly executionId?: ExecutionId;
}

/** Makes an entry; postings of nothing are left out, and what remains must sum to zero, money and each share. */
export function ledgerEntry(
  heading: EntryHeading,
  money: readonly MoneyPosting[],
  sharePostings: readonly SharePosting[] = [],
): LedgerEntry {
  const entry: LedgerEntry = {
    entryId: [heading.kind, ...heading.key].join('#'),
    kind: heading.kind,
    accountId: heading.accountId,
    atMs: heading.atMs,
    tradeDate: heading.tradeDate,
    settlementDate: heading.settlementDate ?? null,
    orderId: heading.orderId ?? null,
    executionId: heading.executionId ?? null,
    money: money.filter((posting) => posting.amountCents !== 0),
    shares: sharePostings.filter((posting) => posting.quantity !== 0),
  };
  assertBalanced(entry);
  return entry;
}

/** Breaks unless the postings of money, and those of each ISIN, sum to zero. */
function assertBalanced(entry: LedgerEntry): void {
  const moneySum = sumCents(entry.money.map((posting) => posting.amountCents));
  assert(moneySum === 0, `money of entry ${entry.entryId} sums to ${moneySum}`);
  for (const isin of new Set(entry.shares.map((posting) => posting.isin))) {
    const ofIsin = entry.shares.filter((posting) => posting.isin === isin);
    const shareSum = ofIsin.reduce((sum, posting) => shares(sum + posting.quantity), shares(0));
    assert(shareSum === 0, `shares ${isin} of entry ${entry.entryId} sum to ${shareSum}`);
  }
}

export function post(account: MoneyAccount, amount: number): MoneyPosting {
  return { account, amountCents: cents(amount) };
}

export function postShares(account: ShareAccount, isin: string, quantity: number): SharePosting {
  return { account, isin, quantity: shares(quantity) };
}
