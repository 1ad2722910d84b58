import type { CalendarDate, EpochMs } from '../calendar/instant.ts';
import type { FeeAmounts } from '../fees/fee-amounts.ts';
import type { AccountId, ClOrdId, ExecutionId, OrderId } from '../identifiers.ts';
import type { Shares } from '../instruments/shares.ts';
import type { Side } from '../instruments/side.ts';
import type { Cents } from '../money/cents.ts';

/** One execution, booked. Kept as an item of its own under (orderId, executionId). */
export interface Fill {
  readonly orderId: OrderId;
  readonly executionId: ExecutionId;
  readonly clOrdId: ClOrdId;
  readonly accountId: AccountId;
  readonly symbol: string;
  readonly isin: string;
  readonly side: Side;
  readonly quantity: Shares;
  readonly priceCents: Cents;
  /** G = quantity × price. */
  readonly grossCents: Cents;
  /** ΔF: what this fill added to the order's fees of its trading date. */
  readonly fees: FeeAmounts;
  /** N = G + ΔF of a purchase, M = G − ΔF of a sale. */
  readonly netCents: Cents;
  readonly tradeDate: CalendarDate;
  readonly settlementDate: CalendarDate;
  readonly transactTimeMs: EpochMs;
  /** The exchange took it back: it neither settles nor stands on the note. */
  readonly isBusted: boolean;
}
