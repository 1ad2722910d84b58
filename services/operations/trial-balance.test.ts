import { saoPauloDate } from '@brokerage/domain/calendar/instant';
import { accountId } from '@brokerage/domain/identifiers';
import { depositEntry, withdrawalEntry } from '@brokerage/domain/ledger/cash-entries';
import { cents } from '@brokerage/domain/money/cents';
import { NOON } from '@brokerage/domain/testing/builders';
import { describe, expect, it } from 'vitest';
import { trialBalance } from './trial-balance.ts';

const movement = { atMs: NOON, tradeDate: saoPauloDate(NOON) };
const ana = { ...movement, accountId: accountId('ana') };
const bruno = { ...movement, accountId: accountId('bruno') };
const ENTRIES = [
  depositEntry({ ...ana, key: 'E1', amountCents: cents(10_000) }),
  depositEntry({ ...bruno, key: 'E2', amountCents: cents(5_000) }),
  withdrawalEntry({ ...ana, key: 'W1', amountCents: cents(1_000) }),
];

describe('trialBalance', () => {
  it('sums clients together and each house account, to zero', async () => {
    const balance = await trialBalance('2026-11-24T15:00:00.000Z', async (_asOf, take) => {
      take(ENTRIES.slice(0, 2));
      take(ENTRIES.slice(2));
    });
    expect(balance.clients).toEqual({ available: '140.00', blocked: '0.00', receivable: '0.00', payable: '0.00' });
    expect(balance.house).toContainEqual({ account: 'house.bank', amount: '-150.00' });
    expect(balance.house).toContainEqual({ account: 'house.payouts', amount: '10.00' });
    expect(balance).toMatchObject({ total: '0.00', entries: 3 });
  });

  it('shows books that do not add up', async () => {
    const broken = { money: [{ account: 'available', amountCents: cents(1) }] } as const;
    expect((await trialBalance('t', async (_asOf, take) => take([broken]))).total).toBe('0.01');
  });
});
