import type { Books, EntryRecord } from '../books.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';
import { groupBy, sumOf } from '../grouping.ts';

/** Every entry sums to zero, in money and in each share; and no fact is booked twice, at whatever time. */
export const ENTRY_SUMS: Check = { name: 'entry sums', findIn };

function* findIn({ entries }: Books): Generator<Doubt> {
  for (const entry of entries) yield* unbalanced(entry);
  for (const [entryId, twins] of groupBy(entries, (entry) => entry.entryId)) {
    if (twins.length > 1) yield { subject: entryId, detail: `is booked ${twins.length} times` };
  }
}

function* unbalanced({ entryId, entryKey, atMs, money, shares }: EntryRecord): Generator<Doubt> {
  yield* mustEqual(
    entryId,
    'the sum of its money',
    sumOf(money, (posting) => posting.amountCents),
    0,
  );
  for (const [isin, postings] of groupBy(shares, (posting) => posting.isin)) {
    yield* mustEqual(
      entryId,
      `the sum of its shares ${isin}`,
      sumOf(postings, ({ quantity }) => quantity),
      0,
    );
  }
  const amounts = [...money.map(({ amountCents }) => amountCents), ...shares.map(({ quantity }) => quantity)];
  if (!amounts.every(Number.isSafeInteger)) yield { subject: entryId, detail: 'has an amount that is no integer' };
  if (money.length + shares.length === 0) yield { subject: entryId, detail: 'moves nothing' };
  if (entryKey !== `${new Date(atMs).toISOString()}#${entryId}`) {
    yield { subject: entryId, detail: `stands under the key ${entryKey}, which is not its time and id` };
  }
}
