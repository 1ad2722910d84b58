import { type Books, type EntryRecord, FEE_COMPONENTS, type FeeComponent, type FillRecord } from '../books.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';
import { groupBy, sumOf } from '../grouping.ts';

/** Every fill is one entry of the ledger, for the same shares, money and fees; and no trade is there that is no fill. */
export const FILLS_IN_LEDGER: Check = { name: 'fills in the ledger', findIn };

const FEE_ACCOUNT: Readonly<Record<FeeComponent, string>> = {
  TRADING: 'house.fees.trading',
  CCP: 'house.fees.ccp',
  TTA: 'house.fees.tta',
  BROKERAGE: 'house.brokerage',
  ISS: 'house.iss',
};

function* findIn({ fills, entries }: Books): Generator<Doubt> {
  const trades = groupBy(
    entries.filter(({ kind }) => kind === 'TRADE'),
    keyOf,
  );
  for (const fill of fills) {
    const [entry] = trades.get(keyOf(fill)) ?? [];
    if (entry) yield* difference(fill, entry);
    else yield { subject: keyOf(fill), detail: 'is a fill without an entry' };
    trades.delete(keyOf(fill));
  }
  for (const subject of trades.keys()) yield { subject, detail: 'is an entry without a fill' };
}

function* difference(fill: FillRecord, entry: EntryRecord): Generator<Doubt> {
  const { side, isin, quantity, priceCents, fees, accountId } = fill;
  const subject = keyOf(fill);
  const sign = side === 'BUY' ? 1 : -1;
  if (entry.accountId !== accountId) yield { subject, detail: `is booked to ${entry.accountId}, not ${accountId}` };
  yield* mustEqual(subject, 'clearing money', posted(entry, 'house.clearing'), sign * quantity * priceCents);
  for (const component of FEE_COMPONENTS) {
    yield* mustEqual(subject, `booked ${component}`, posted(entry, FEE_ACCOUNT[component]), fees[component]);
  }
  const received = sumOf(entry.shares, (posting) =>
    posting.isin === isin && !posting.account.startsWith('house.') ? posting.quantity : 0,
  );
  yield* mustEqual(subject, 'shares to the client', received, sign * quantity);
}

function keyOf({ orderId, executionId }: { readonly orderId: string | null; readonly executionId: string | null }) {
  return `${orderId} ${executionId}`;
}

function posted({ money }: EntryRecord, account: string): number {
  return sumOf(money, (posting) => (posting.account === account ? posting.amountCents : 0));
}
