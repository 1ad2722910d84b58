import { assert } from '../assert.ts';
import type { CalendarDate, EpochMs } from '../calendar/instant.ts';
import { FEE_COMPONENTS, type FeeAmounts, totalFees } from '../fees/fee-amounts.ts';
import type { AccountId, ExecutionId } from '../identifiers.ts';
import { grossValue } from '../instruments/price.ts';
import type { Shares } from '../instruments/shares.ts';
import type { Side } from '../instruments/side.ts';
import type { Cents } from '../money/cents.ts';
import type { HouseMoneyAccount } from './accounts.ts';
import { type LedgerEntry, ledgerEntry, post, postShares } from './entry.ts';
import { FEE_ACCOUNTS } from './trade-entries.ts';

interface DailyCost {
  readonly accountId: AccountId;
  readonly tradeDate: CalendarDate;
  readonly settlementDate: CalendarDate;
  readonly atMs: EpochMs;
  /** R before the entry: a cost is taken from sales to come if there are any, else set aside from `available`. */
  readonly receivableCents: Cents;
}

/** Line 9: δ, what the note of a date costs beyond what its fills were charged, signed, component by component. */
export function noteCostEntry(cost: DailyCost & { readonly difference: FeeAmounts }): LedgerEntry {
  const { accountId, tradeDate, settlementDate, atMs, difference } = cost;
  const delta = totalFees(difference);
  const client =
    cost.receivableCents > 0
      ? [post('receivable', -delta)]
      : [post('available', -delta), post('payable', delta), post('house.unsettled', -delta)];
  return ledgerEntry({ kind: 'NOTE_COST', key: [accountId, tradeDate], accountId, atMs, tradeDate, settlementDate }, [
    ...client,
    ...FEE_COMPONENTS.map((component) => post(FEE_ACCOUNTS[component], difference[component])),
  ]);
}

/** Line 9b: income tax withheld at the note (IRRF). */
export function noteTaxEntry(tax: Omit<DailyCost, 'receivableCents'> & { readonly taxCents: Cents }): LedgerEntry {
  const { accountId, tradeDate, settlementDate, atMs, taxCents } = tax;
  assert(taxCents > 0, `tax of ${taxCents} centavos on the note of ${tradeDate}`);
  return ledgerEntry({ kind: 'NOTE_TAX', key: [accountId, tradeDate], accountId, atMs, tradeDate, settlementDate }, [
    post('receivable', -taxCents),
    post('house.taxes', taxCents),
  ]);
}

/** Line 13: fees paid to B3, or taxes to the Treasury. `key` is the payment's own. */
export function feePaymentEntry(payment: {
  readonly key: string;
  readonly account: Exclude<HouseMoneyAccount, 'house.bank'>;
  readonly amountCents: Cents;
  readonly tradeDate: CalendarDate;
  readonly atMs: EpochMs;
}): LedgerEntry {
  const { key, account, amountCents, tradeDate, atMs } = payment;
  return ledgerEntry({ kind: 'FEE_PAYMENT', key: [key], accountId: null, atMs, tradeDate }, [
    post(account, -amountCents),
    post('house.bank', amountCents),
  ]);
}

/** Shares that a client brings into custody. */
export function custodyInEntry(transfer: {
  readonly key: string;
  readonly accountId: AccountId;
  readonly isin: string;
  readonly quantity: Shares;
  readonly tradeDate: CalendarDate;
  readonly atMs: EpochMs;
}): LedgerEntry {
  const { key, accountId, isin, quantity, tradeDate, atMs } = transfer;
  assert(quantity > 0, `custody transfer ${key} of ${quantity} shares`);
  const heading = { kind: 'CUSTODY_IN', key: [key], accountId, atMs, tradeDate, settlementDate: tradeDate } as const;
  return ledgerEntry(
    heading,
    [],
    [postShares('house.depository', isin, -quantity), postShares('free', isin, quantity)],
  );
}

/** A fill whose ClOrdID is of no order of ours. */
export interface UnknownFill {
  readonly clOrdId: string;
  readonly executionId: ExecutionId;
  readonly isin: string;
  readonly side: Side;
  readonly quantity: Shares;
  readonly priceCents: Cents;
  readonly tradeDate: CalendarDate;
  readonly settlementDate: CalendarDate;
}

/** The exchange's fill is always booked: one of an unknown order to the house's suspense, gross, with an alarm. */
export function suspenseTradeEntry(fill: UnknownFill, atMs: EpochMs): LedgerEntry {
  return suspenseEntry('SUSPENSE_TRADE', fill, atMs, 'house.suspense', 'house.suspense');
}

/** It settles like any other: B3 takes its money on D+2 whoever the client was. */
export function suspenseSettlementEntry(fill: UnknownFill, atMs: EpochMs): LedgerEntry {
  const reversed = { ...fill, side: fill.side === 'BUY' ? 'SELL' : 'BUY' } as const;
  return suspenseEntry('SUSPENSE_SETTLEMENT', reversed, atMs, 'house.bank', 'house.depository');
}

function suspenseEntry(
  kind: 'SUSPENSE_TRADE' | 'SUSPENSE_SETTLEMENT',
  fill: UnknownFill,
  atMs: EpochMs,
  moneyAccount: 'house.suspense' | 'house.bank',
  shareAccount: 'house.suspense' | 'house.depository',
): LedgerEntry {
  const { clOrdId, executionId, isin, tradeDate, settlementDate } = fill;
  const sign = fill.side === 'BUY' ? 1 : -1;
  const gross = sign * grossValue(fill.quantity, fill.priceCents);
  const quantity = sign * fill.quantity;
  return ledgerEntry(
    { kind, key: [clOrdId, executionId], accountId: null, atMs, tradeDate, settlementDate, executionId },
    [post(moneyAccount, -gross), post('house.clearing', gross)],
    [postShares(shareAccount, isin, quantity), postShares('house.clearing', isin, -quantity)],
  );
}
