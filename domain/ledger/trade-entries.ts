import type { EpochMs } from '../calendar/instant.ts';
import type { FeeComponent } from '../fees/fee-amounts.ts';
import { FEE_COMPONENTS, type FeeAmounts } from '../fees/fee-amounts.ts';
import type { Shares } from '../instruments/shares.ts';
import type { Cents } from '../money/cents.ts';
import type { Fill } from '../orders/fill.ts';
import type { HouseMoneyAccount } from './accounts.ts';
import type { MoneyPosting, SharePosting } from './entry.ts';
import { type EntryHeading, type EntryKind, type LedgerEntry, ledgerEntry, post, postShares } from './entry.ts';

export const FEE_ACCOUNTS: Readonly<Record<FeeComponent, HouseMoneyAccount>> = {
  TRADING: 'house.fees.trading',
  CCP: 'house.fees.ccp',
  TTA: 'house.fees.tta',
  BROKERAGE: 'house.brokerage',
  ISS: 'house.iss',
};

/** What a fill takes out of the order's block: money ρ of a purchase, shares of a sale. */
export interface Released {
  readonly moneyCents: Cents;
  readonly quantity: Shares;
}

/** Lines 3, 4 and 8: a fill, partial or last. A purchase gives its surplus ρ − N back at once. */
export function tradeEntry(fill: Fill, released: Released, atMs: EpochMs): LedgerEntry {
  return ledgerEntry(
    fillHeading('TRADE', fill, atMs),
    tradeMoney(fill, released.moneyCents),
    tradeShares(fill, released.quantity),
  );
}

/** Lines 12 and 12b: an unsettled fill is undone. The order is not reopened; a busted sale may leave a debt. */
export function bustEntry(fill: Fill, atMs: EpochMs): LedgerEntry {
  return ledgerEntry(fillHeading('BUST', fill, atMs), bustMoney(fill), bustShares(fill));
}

/** Line 12c: the same execution at another quantity or price, in one entry. What is blocked stays untouched. */
export function correctionEntry(former: Fill, corrected: Fill, atMs: EpochMs): LedgerEntry {
  return ledgerEntry(
    fillHeading('CORRECTION', corrected, atMs),
    [...bustMoney(former), ...tradeMoney(corrected, 0)],
    [...bustShares(former), ...tradeShares(corrected, 0)],
  );
}

/** Lines 10a and 10b: money against shares, at the bank and at the depository, on the settlement date. */
export function settlementEntry(fill: Fill, atMs: EpochMs): LedgerEntry {
  const { grossCents: gross, netCents: net, quantity, isin } = fill;
  const heading = fillHeading('SETTLEMENT', fill, atMs);
  if (fill.side === 'BUY') {
    return ledgerEntry(
      heading,
      [post('payable', -net), post('house.unsettled', net), post('house.clearing', -gross), post('house.bank', gross)],
      [postShares('house.clearing', isin, quantity), postShares('house.depository', isin, -quantity)],
    );
  }
  return ledgerEntry(
    heading,
    [post('receivable', -net), post('available', net), post('house.clearing', gross), post('house.bank', -gross)],
    [postShares('house.clearing', isin, -quantity), postShares('house.depository', isin, quantity)],
  );
}

function fillHeading(kind: EntryKind, fill: Fill, atMs: EpochMs): EntryHeading {
  const { orderId, executionId, accountId, tradeDate, settlementDate } = fill;
  return { kind, key: [orderId, executionId], accountId, atMs, tradeDate, settlementDate, orderId, executionId };
}

function tradeMoney({ side, grossCents: gross, netCents: net, fees }: Fill, released: number): MoneyPosting[] {
  if (side === 'SELL') return [post('receivable', net), ...feePostings(fees, 1), post('house.clearing', -gross)];
  return [
    post('blocked', -released),
    post('available', released - net),
    post('payable', net),
    post('house.unsettled', -net),
    post('house.clearing', gross),
    ...feePostings(fees, 1),
  ];
}

function tradeShares({ side, isin, quantity }: Fill, released: number): SharePosting[] {
  if (side === 'BUY') return [postShares('free', isin, quantity), postShares('house.clearing', isin, -quantity)];
  return [
    postShares('blocked', isin, -released),
    postShares('free', isin, released - quantity),
    postShares('house.clearing', isin, quantity),
  ];
}

function bustMoney({ side, grossCents: gross, netCents: net, fees }: Fill): MoneyPosting[] {
  if (side === 'SELL') return [post('receivable', -net), post('house.clearing', gross), ...feePostings(fees, -1)];
  return [
    post('payable', -net),
    post('house.unsettled', net),
    post('house.clearing', -gross),
    ...feePostings(fees, -1),
    post('available', net),
  ];
}

function bustShares({ side, isin, quantity }: Fill): SharePosting[] {
  const toClient = side === 'BUY' ? -quantity : quantity;
  return [postShares('free', isin, toClient), postShares('house.clearing', isin, -toClient)];
}

function feePostings(fees: FeeAmounts, sign: 1 | -1): MoneyPosting[] {
  return FEE_COMPONENTS.map((component) => post(FEE_ACCOUNTS[component], sign * fees[component]));
}
