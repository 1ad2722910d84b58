import type { TrialBalance } from '@brokerage/contracts/rest/staff';
import { CLIENT_MONEY_ACCOUNTS, HOUSE_MONEY_ACCOUNTS, type MoneyAccount } from '@brokerage/domain/ledger/accounts';
import type { LedgerEntry } from '@brokerage/domain/ledger/entry';
import { type Cents, cents, sumCents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';

type Postings = Pick<LedgerEntry, 'money'>;

/** Sums of all postings so far, account by account. */
interface TrialSums {
  add(entry: Postings): void;
  view(asOf: string): TrialBalance;
}

function createTrialSums(): TrialSums {
  const sums = new Map<MoneyAccount, Cents>();
  let entries = 0;
  const sumOf = (account: MoneyAccount) => sums.get(account) ?? cents(0);
  return {
    add({ money }) {
      entries += 1;
      for (const { account, amountCents } of money) sums.set(account, cents(sumOf(account) + amountCents));
    },
    view(asOf) {
      const [available, blocked, receivable, payable] = CLIENT_MONEY_ACCOUNTS.map((account) =>
        formatCents(sumOf(account)),
      );
      return {
        asOf,
        house: HOUSE_MONEY_ACCOUNTS.map((account) => ({ account, amount: formatCents(sumOf(account)) })),
        clients: { available: available!, blocked: blocked!, receivable: receivable!, payable: payable! },
        total: formatCents(sumCents(sums.values())),
        entries,
      };
    },
  };
}

/** Reads every entry up to an instant, in no order, page by page. */
export type ReadLedger = (asOf: string, take: (entries: readonly Postings[]) => void) => Promise<void>;

export async function trialBalance(asOf: string, readLedger: ReadLedger): Promise<TrialBalance> {
  const sums = createTrialSums();
  await readLedger(asOf, (entries) => entries.forEach(sums.add));
  return sums.view(asOf);
}
