import { describe, expect, it } from 'vitest';
import { calendarDate } from '../calendar/instant.ts';
import { NO_FEES } from '../fees/fee-amounts.ts';
import { executionId } from '../identifiers.ts';
import { shares } from '../instruments/shares.ts';
import { cents } from '../money/cents.ts';
import { ANA, brl, NOON, PETR4 } from '../testing/builders.ts';
import { addBalance, balanceDeltaOf, buyingPower, isInDebt, withdrawable, ZERO_BALANCE } from './balance.ts';
import * as cash from './cash-entries.ts';
import { type LedgerEntry, ledgerEntry, post, postShares } from './entry.ts';
import {
  custodyInEntry,
  feePaymentEntry,
  noteCostEntry,
  suspenseSettlementEntry,
  suspenseTradeEntry,
} from './house-entries.ts';

const TODAY = calendarDate('2026-11-24');
const MOVED = { key: 'k', accountId: ANA, amountCents: brl('100.00'), atMs: NOON, tradeDate: TODAY };

/** What entries leave in each account, accounts of nothing left out. */
function left(...entries: LedgerEntry[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { account, amountCents } of entries.flatMap((entry) => entry.money)) {
    sums[account] = (sums[account] ?? 0) + amountCents;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
}

describe('an entry', () => {
  const heading = { kind: 'DEPOSIT', key: ['k'], accountId: ANA, atMs: NOON, tradeDate: TODAY } as const;

  it('must balance, in money and in each share', () => {
    expect(() => ledgerEntry(heading, [post('available', 1)])).toThrow('money of entry DEPOSIT#k sums to 1');
    const crossed = [postShares('free', 'A', 1), postShares('house.depository', 'B', -1)];
    expect(() => ledgerEntry(heading, [], crossed)).toThrow('shares A');
  });

  it('leaves out postings of nothing', () => {
    expect(ledgerEntry(heading, [post('available', 0)]).money).toEqual([]);
  });
});

describe('cash', () => {
  it.each([
    ['a deposit', [cash.depositEntry(MOVED)], { 'house.bank': -10_000, available: 10_000 }],
    ['a refused deposit', [cash.depositRefusedEntry(MOVED)], { 'house.bank': -10_000, 'house.returns': 10_000 }],
    ['a returned deposit', [cash.depositRefusedEntry(MOVED), cash.depositReturnedEntry(MOVED)], {}],
    ['a withdrawal', [cash.withdrawalEntry(MOVED)], { available: -10_000, 'house.payouts': 10_000 }],
    [
      'a paid withdrawal',
      [cash.withdrawalEntry(MOVED), cash.withdrawalPaidEntry(MOVED)],
      { available: -10_000, 'house.bank': 10_000 },
    ],
    ['a failed withdrawal', [cash.withdrawalEntry(MOVED), cash.withdrawalFailedEntry(MOVED)], {}],
  ])('%s', (_name, entries, expected) => {
    expect(left(...entries)).toEqual(expected);
  });

  it('moves something', () => {
    expect(() => cash.depositEntry({ ...MOVED, amountCents: cents(0) })).toThrow('0 centavos');
  });
});

describe('the house', () => {
  const note = {
    accountId: ANA,
    tradeDate: TODAY,
    settlementDate: TODAY,
    atMs: NOON,
    difference: { ...NO_FEES, CCP: cents(3) },
  };

  it('takes a note from sales to come, else sets it aside', () => {
    expect(left(noteCostEntry({ ...note, receivableCents: cents(1) }))).toEqual({
      receivable: -3,
      'house.fees.ccp': 3,
    });
    expect(left(noteCostEntry({ ...note, receivableCents: cents(0) }))).toEqual({
      available: -3,
      payable: 3,
      'house.unsettled': -3,
      'house.fees.ccp': 3,
    });
  });

  it('pays what it collected', () => {
    const payment = {
      key: 'DARF-1',
      account: 'house.taxes',
      amountCents: cents(9),
      tradeDate: TODAY,
      atMs: NOON,
    } as const;
    expect(left(feePaymentEntry(payment))).toEqual({ 'house.taxes': -9, 'house.bank': 9 });
  });

  it('takes shares into custody', () => {
    const seed = { key: 'seed', accountId: ANA, isin: PETR4.isin, quantity: shares(10), tradeDate: TODAY, atMs: NOON };
    expect(custodyInEntry(seed).shares.map(({ account, quantity }) => [account, quantity])).toEqual([
      ['house.depository', -10],
      ['free', 10],
    ]);
  });

  it.each([
    ['BUY', 1],
    ['SELL', -1],
  ] as const)('keeps an unknown %s in suspense and settles it', (side, sign) => {
    const terms = { side, quantity: shares(100), priceCents: brl('30.00'), tradeDate: TODAY, settlementDate: TODAY };
    const fill = { clOrdId: 'ORD-9', executionId: executionId('X1'), isin: PETR4.isin, ...terms };
    const entries = [suspenseTradeEntry(fill, NOON), suspenseSettlementEntry(fill, NOON)];
    expect(left(...entries)).toEqual({ 'house.suspense': sign * -300_000, 'house.bank': sign * 300_000 });
  });
});

describe('a balance', () => {
  const balance = { ...ZERO_BALANCE, availableCents: cents(-500), receivableCents: cents(800) };

  it('may be spent with sales to come, but not withdrawn', () => {
    expect([buyingPower(balance), withdrawable(balance), isInDebt(balance)]).toEqual([300, 0, false]);
    const poorer = addBalance(balance, balanceDeltaOf([cash.withdrawalEntry({ ...MOVED, amountCents: cents(301) })]));
    expect([buyingPower(poorer), isInDebt(poorer)]).toEqual([0, true]);
  });
});
