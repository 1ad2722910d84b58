import type { BalanceRecord, Books, EntryRecord } from '../books.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';
import { groupBy } from '../grouping.ts';

/** A client's balance is the sum of the client's postings, and no entry moves a client's money without a balance. */
export const BALANCES: Check = { name: 'balances', findIn };

const ACCOUNTS = ['available', 'blocked', 'receivable', 'payable'] as const;

function* findIn({ balances, entries }: Books): Generator<Doubt> {
  const entriesOf = groupBy(entries, (entry) => entry.accountId);
  for (const balance of balances) yield* wrongBalance(balance, entriesOf.get(balance.accountId) ?? []);
  const known = new Set(balances.map(({ accountId }) => accountId));
  for (const [accountId, own] of entriesOf) {
    const moved = ACCOUNTS.some((account) => postedTo(own, account) !== 0);
    if (moved && !known.has(accountId)) yield { subject: accountId, detail: 'has money in the ledger and no balance' };
  }
}

function* wrongBalance(balance: BalanceRecord, entries: readonly EntryRecord[]): Generator<Doubt> {
  const { accountId, availableCents, receivableCents } = balance;
  for (const account of ACCOUNTS) {
    yield* mustEqual(accountId, account, balance[`${account}Cents`], postedTo(entries, account));
  }
  yield* mustEqual(accountId, 'buying power', balance.buyingPowerCents, availableCents + receivableCents);
  for (const account of ['blocked', 'payable'] as const) {
    const amountCents = balance[`${account}Cents`];
    if (amountCents < 0) yield { subject: accountId, detail: `${account} is ${amountCents}, below zero` };
  }
}

function postedTo(entries: readonly EntryRecord[], account: string): number {
  let sum = 0;
  for (const { money } of entries)
    for (const posting of money) if (posting.account === account) sum += posting.amountCents;
  return sum;
}
