import type { Books } from '../books.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';

/** A position is the sum of the client's share postings; what is settled is what the depository has delivered. */
export const POSITIONS: Check = { name: 'positions', findIn };

interface Posted {
  free: number;
  blocked: number;
  depository: number;
}

function* findIn({ positions, entries }: Books): Generator<Doubt> {
  const posted = new Map<string, Posted>();
  for (const { accountId, shares } of entries) {
    if (accountId === 'SUSPENSE') continue;
    for (const { account, isin, quantity } of shares) {
      const sums = postedOf(posted, `${accountId} ${isin}`);
      if (account === 'free' || account === 'blocked') sums[account] += quantity;
      if (account === 'house.depository') sums.depository += quantity;
    }
  }
  for (const { accountId, isin, freeQuantity, blockedQuantity, settledQuantity } of positions) {
    const subject = `${accountId} ${isin}`;
    const { free, blocked, depository } = postedOf(posted, subject);
    posted.delete(subject);
    yield* mustEqual(subject, 'free', freeQuantity, free);
    yield* mustEqual(subject, 'blocked', blockedQuantity, blocked);
    yield* mustEqual(subject, 'settled', settledQuantity, -depository);
    if (freeQuantity < 0 || blockedQuantity < 0)
      yield { subject, detail: `holds ${freeQuantity} + ${blockedQuantity}` };
  }
  for (const [subject, { free, blocked }] of posted) {
    if (free !== 0 || blocked !== 0) yield { subject, detail: 'has shares in the ledger and no position' };
  }
}

function postedOf(posted: Map<string, Posted>, key: string): Posted {
  const sums = posted.get(key) ?? { free: 0, blocked: 0, depository: 0 };
  posted.set(key, sums);
  return sums;
}
