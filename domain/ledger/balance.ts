import { type Shares, shares } from '../instruments/shares.ts';
import { type Cents, cents, ZERO_CENTS } from '../money/cents.ts';
import { isClientMoneyAccount, isClientShareAccount } from './accounts.ts';
import type { LedgerEntry } from './entry.ts';

/** A client's money, or a change of it, signed. `available` may be below zero: a debt. */
export interface Balance {
  readonly availableCents: Cents;
  readonly blockedCents: Cents;
  readonly receivableCents: Cents;
  readonly payableCents: Cents;
}

/** Change of a client's holding of one ISIN. */
export interface HoldingDelta {
  readonly freeQuantity: Shares;
  readonly blockedQuantity: Shares;
}

export const ZERO_BALANCE: Balance = {
  availableCents: ZERO_CENTS,
  blockedCents: ZERO_CENTS,
  receivableCents: ZERO_CENTS,
  payableCents: ZERO_CENTS,
};

/** What entries of one client do to its balance: the sum of their client postings. */
export function balanceDeltaOf(entries: readonly LedgerEntry[]): Balance {
  const total = { available: 0, blocked: 0, receivable: 0, payable: 0 };
  for (const { account, amountCents } of entries.flatMap((entry) => entry.money)) {
    if (isClientMoneyAccount(account)) total[account] += amountCents;
  }
  return {
    availableCents: cents(total.available),
    blockedCents: cents(total.blocked),
    receivableCents: cents(total.receivable),
    payableCents: cents(total.payable),
  };
}

/** What entries of one client and one ISIN do to its holding. */
export function holdingDeltaOf(entries: readonly LedgerEntry[]): HoldingDelta {
  const total = { free: 0, blocked: 0 };
  for (const { account, quantity } of entries.flatMap((entry) => entry.shares)) {
    if (isClientShareAccount(account)) total[account] += quantity;
  }
  return { freeQuantity: shares(total.free), blockedQuantity: shares(total.blocked) };
}

export function addBalance(balance: Balance, delta: Balance): Balance {
  return {
    availableCents: cents(balance.availableCents + delta.availableCents),
    blockedCents: cents(balance.blockedCents + delta.blockedCents),
    receivableCents: cents(balance.receivableCents + delta.receivableCents),
    payableCents: cents(balance.payableCents + delta.payableCents),
  };
}

/** A + R, signed: what a store keeps as one attribute and conditions a purchase on. */
export function signedBuyingPower(balance: Balance): Cents {
  return cents(balance.availableCents + balance.receivableCents);
}

/** What may be spent on a purchase now: every sale settles no later than a later purchase. */
export function buyingPower(balance: Balance): Cents {
  return cents(Math.max(0, signedBuyingPower(balance)));
}

/** What may be withdrawn now. */
export function withdrawable(balance: Balance): Cents {
  return cents(Math.max(0, balance.availableCents));
}

/** An account owes the house when its buying power is below zero, or when a bust took back more than was to come. */
export function isInDebt(balance: Balance): boolean {
  return signedBuyingPower(balance) < 0 || balance.receivableCents < 0;
}
