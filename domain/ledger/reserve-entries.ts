import type { CalendarDate, EpochMs } from '../calendar/instant.ts';
import type { AccountId, OrderId } from '../identifiers.ts';
import type { Shares } from '../instruments/shares.ts';
import type { Cents } from '../money/cents.ts';
import { type LedgerEntry, ledgerEntry, post, postShares } from './entry.ts';

/** The part of an order that its reserve is booked under. */
export interface ReserveHolder {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
  readonly isin: string;
  readonly tradeDate: CalendarDate;
}

/**
 * Lines 2, 5, 6 and 7: moves money or shares between free and blocked, up when positive. Null when nothing moves:
 * a release that finds nothing writes nothing. `key`: the order, the version that the change makes, and an ordinal.
 */
export function reserveEntry(
  kind: 'BLOCK' | 'RELEASE' | 'AMEND',
  key: readonly (string | number)[],
  holder: ReserveHolder,
  moved: { readonly moneyCents: Cents; readonly quantity: Shares },
  atMs: EpochMs,
): LedgerEntry | null {
  if (moved.moneyCents === 0 && moved.quantity === 0) return null;
  const { orderId, accountId, isin, tradeDate } = holder;
  return ledgerEntry(
    { kind, key, accountId, atMs, tradeDate, orderId },
    [post('available', -moved.moneyCents), post('blocked', moved.moneyCents)],
    [postShares('free', isin, -moved.quantity), postShares('blocked', isin, moved.quantity)],
  );
}
