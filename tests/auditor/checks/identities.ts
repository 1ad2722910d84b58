import type { BalanceRecord, Books, EntryRecord } from '../books.ts';
import { totalOf } from '../fee-rates.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';
import { groupBy, sumOf } from '../grouping.ts';

/**
 * The identities of the ledger. I1: what a client has is what came in, less what went out, more sales, less purchases, all told by
 * transfers and fills and not by the ledger. I2: all postings sum to zero. I3, its second half: P is the client's share of h.unsettled; the first
 * is the check of reserves. I4: the clients' money is at the bank.
 */
export const IDENTITIES: Check = { name: 'identities I1 to I4', findIn };

const OPENING = 'DEPOSIT#OPENING-';

function* findIn(books: Books): Generator<Doubt> {
  yield* clientsMoney(books);
  yield* mustEqual('I2', 'the sum of all postings', sumOf(books.entries, moneyOf), 0);
  yield* unsettledPurchases(books);
  yield* moneyAtTheBank(books);
}

function* clientsMoney(books: Books): Generator<Doubt> {
  const cameIn = new Map<string, number>();
  const add = (accountId: string, amountCents: number) =>
    cameIn.set(accountId, (cameIn.get(accountId) ?? 0) + amountCents);
  for (const { kind, status, accountId, amountCents } of books.transfers) {
    if (accountId === null) continue;
    if (kind === 'PAYMENT' && status === 'CREDITED') add(accountId, amountCents);
    if (kind === 'WITHDRAWAL' && (status === 'PENDING' || status === 'PAID')) add(accountId, -amountCents);
  }
  for (const { accountId, side, quantity, priceCents, fees, isBusted } of books.fills) {
    if (isBusted) continue;
    const gross = quantity * priceCents;
    add(accountId, side === 'BUY' ? -(gross + totalOf(fees)) : gross - totalOf(fees));
  }
  for (const entry of books.entries) {
    const isOpening = entry.entryId.startsWith(OPENING);
    const isNote = entry.kind === 'NOTE_COST' || entry.kind === 'NOTE_TAX';
    if (isOpening || isNote) add(entry.accountId, postedTo(entry, ['available', 'blocked', 'receivable']));
  }
  for (const balance of books.balances) {
    const has = balance.availableCents + balance.blockedCents + balance.receivableCents;
    yield* mustEqual(`I1 ${balance.accountId}`, 'A + B + R', has, cameIn.get(balance.accountId) ?? 0);
  }
}

function* unsettledPurchases({ balances, entries }: Books): Generator<Doubt> {
  const entriesOf = groupBy(entries, (entry) => entry.accountId);
  for (const { accountId, payableCents } of balances) {
    const share = sumOf(entriesOf.get(accountId) ?? [], (entry) => postedTo(entry, ['house.unsettled']));
    yield* mustEqual(`I3 ${accountId}`, 'P', payableCents, -share);
  }
}

/** -bank = Σ(A + B + P) + payouts + returns + fees and taxes of settled trades, less what of those has been paid. */
function* moneyAtTheBank({ balances, entries, fills }: Books): Generator<Doubt> {
  const settled = new Set(entries.filter(({ kind }) => kind === 'SETTLEMENT').map(fillOf));
  const settledFees = sumOf(fills, (fill) => (settled.has(fillOf(fill)) ? totalOf(fill.fees) : 0));
  const paidOn = sumOf(entries, (entry) => (entry.kind === 'FEE_PAYMENT' ? postedTo(entry, ['house.bank']) : 0));
  const posted = (account: string) => sumOf(entries, (entry) => postedTo(entry, [account]));
  const ofClients = sumOf(
    balances,
    (balance: BalanceRecord) => balance.availableCents + balance.blockedCents + balance.payableCents,
  );
  const shouldBe = ofClients + posted('house.payouts') + posted('house.returns') + settledFees - paidOn;
  yield* mustEqual('I4', 'money at the bank', -posted('house.bank'), shouldBe);
}

function fillOf({ orderId, executionId }: { readonly orderId: string | null; readonly executionId: string | null }) {
  return `${orderId}#${executionId}`;
}

function moneyOf({ money }: EntryRecord): number {
  return sumOf(money, ({ amountCents }) => amountCents);
}

function postedTo({ money }: EntryRecord, accounts: readonly string[]): number {
  return sumOf(money, ({ account, amountCents }) => (accounts.includes(account) ? amountCents : 0));
}
