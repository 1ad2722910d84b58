import type { AccountView } from '@brokerage/contracts/rest/accounts';
import type { AccountId } from '@brokerage/domain/identifiers';
import { type Balance, balanceDeltaOf, buyingPower, withdrawable } from '@brokerage/domain/ledger/balance';
import type { LedgerEntry } from '@brokerage/domain/ledger/entry';
import { type Cents, cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';

/** The five balances as a client sees them: a debt shows as nothing available. */
export function balancesView(balance: Balance) {
  return {
    available: formatCents(withdrawable(balance)),
    blocked: formatCents(balance.blockedCents),
    receivable: formatCents(balance.receivableCents),
    payable: formatCents(balance.payableCents),
    buyingPower: formatCents(buyingPower(balance)),
  };
}

export function accountView(accountId: AccountId, balance: Balance, settling: readonly LedgerEntry[]): AccountView {
  return { accountId, currency: 'BRL', ...balancesView(balance), settlements: settlementsView(settling) };
}

/** What is still to come and to go on each date. A settlement carries the date it settles, and so takes its trades off the sum. */
function settlementsView(entries: readonly LedgerEntry[]): AccountView['settlements'] {
  const byDate = new Map<string, { receivable: Cents; payable: Cents }>();
  for (const entry of entries) {
    if (entry.settlementDate === null) continue;
    const { receivableCents, payableCents } = balanceDeltaOf([entry]);
    const sum = byDate.get(entry.settlementDate) ?? { receivable: cents(0), payable: cents(0) };
    byDate.set(entry.settlementDate, {
      receivable: cents(sum.receivable + receivableCents),
      payable: cents(sum.payable + payableCents),
    });
  }
  return [...byDate]
    .filter(([, { receivable, payable }]) => receivable !== 0 || payable !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, sum]) => ({ date, receivable: formatCents(sum.receivable), payable: formatCents(sum.payable) }));
}
