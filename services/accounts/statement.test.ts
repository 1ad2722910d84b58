import { calendarDate, epochMs, saoPauloDate } from '@brokerage/domain/calendar/instant';
import { addBalance, balanceDeltaOf, ZERO_BALANCE } from '@brokerage/domain/ledger/balance';
import { depositEntry, withdrawalEntry } from '@brokerage/domain/ledger/cash-entries';
import { type LedgerEntry, ledgerEntry, post } from '@brokerage/domain/ledger/entry';
import { cents } from '@brokerage/domain/money/cents';
import { describe, expect, it } from 'vitest';
import { accountView, balancesView } from './account-view.ts';
import type { LedgerStore } from './ledger-store.ts';
import { readAccount } from './read-account.ts';
import { readStatement } from './read-statement.ts';
import { ANA, NOON } from './testing/builders.ts';

const tradeDate = saoPauloDate(NOON);
const settlementDate = calendarDate('2026-11-26');
const movement = { accountId: ANA, atMs: NOON, tradeDate };
const ENTRIES: readonly LedgerEntry[] = [
  depositEntry({ ...movement, key: 'E1', amountCents: cents(100_000_000) }),
  ledgerEntry({ ...movement, kind: 'BLOCK', key: ['ORD-1'] }, [post('available', -302_589), post('blocked', 302_589)]),
  ledgerEntry({ ...movement, kind: 'TRADE', key: ['ORD-1', 'X1'], settlementDate }, [
    post('blocked', -302_589),
    post('available', 2_400),
    post('payable', 300_189),
    post('house.unsettled', -300_189),
    post('house.clearing', 300_100),
    post('house.fees.trading', 89),
  ]),
  withdrawalEntry({ ...movement, key: 'WDR-1', amountCents: cents(500) }),
];

/** The ledger as a list; keys are positions. */
function aLedger(entries: readonly LedgerEntry[]): LedgerStore {
  return {
    async page(_account, afterKey, limit) {
      const start = afterKey === null ? 0 : Number(afterKey) + 1;
      const end = Math.min(start + limit, entries.length);
      return { entries: entries.slice(start, end), lastKey: end < entries.length ? String(end - 1) : null };
    },
    settling: async () => entries.filter((entry) => entry.kind === 'TRADE' || entry.kind === 'SETTLEMENT'),
  };
}

async function wholeStatement(limit: number) {
  const items = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await readStatement(ANA, { limit, cursor }, aLedger(ENTRIES));
    if (!page.ok) throw new Error(page.code);
    items.push(...page.body.items);
    if (page.body.nextCursor === null) return items;
    cursor = page.body.nextCursor;
  }
}

describe('the statement', () => {
  it.each([1, 2, 3, 50])('replayed from zero in pages of %i gives the account', async (limit) => {
    const items = await wholeStatement(limit);
    const balance = addBalance(ZERO_BALANCE, balanceDeltaOf(ENTRIES));
    expect(items).toHaveLength(ENTRIES.length);
    expect(items.at(-1)?.balances).toEqual(balancesView(balance));
    expect(items.at(-1)?.balances).toEqual({
      available: '996993.11',
      blocked: '0.00',
      receivable: '0.00',
      payable: '3001.89',
      buyingPower: '996993.11',
    });
  });

  it('shows only what an entry changes, signed', async () => {
    const [, block, trade] = await wholeStatement(50);
    expect(block?.amounts).toEqual({ available: '-3025.89', blocked: '3025.89' });
    expect(trade?.amounts).toEqual({ available: '24.00', blocked: '-3025.89', payable: '3001.89' });
  });

  it('refuses a cursor that it did not give', async () => {
    expect(await readStatement(ANA, { limit: 10, cursor: 'e30' }, aLedger(ENTRIES))).toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });
});

describe('the account', () => {
  const balance = {
    ...ZERO_BALANCE,
    availableCents: cents(-500),
    receivableCents: cents(200),
    payableCents: cents(300_189),
  };

  it('shows a debt as nothing to withdraw or spend', () => {
    const view = accountView(ANA, balance, []);
    expect(view).toMatchObject({ available: '0.00', buyingPower: '0.00', receivable: '2.00', settlements: [] });
  });

  it('says what is to settle when, and no more once it has', async () => {
    const accounts = { balance: async () => balance, client: async () => null, positions: async () => [] };
    const open = await readAccount(ANA, NOON, accounts, aLedger(ENTRIES));
    expect(open.settlements).toEqual([{ date: '2026-11-26', receivable: '0.00', payable: '3001.89' }]);
    const settled = ledgerEntry({ ...movement, kind: 'SETTLEMENT', key: ['X1'], settlementDate }, [
      post('payable', -300_189),
      post('house.unsettled', 300_189),
    ]);
    expect((await readAccount(ANA, epochMs(NOON), accounts, aLedger([...ENTRIES, settled]))).settlements).toEqual([]);
  });
});
