import type { CalendarDate, EpochMs } from '../calendar/instant.ts';
import type { FeeAmounts } from '../fees/fee-amounts.ts';
import type { FeeBand } from '../fees/fee-schedule.ts';
import type { AccountId, ClOrdId, ExecutionId, OrderId } from '../identifiers.ts';
import type { Shares } from '../instruments/shares.ts';
import type { Side } from '../instruments/side.ts';
import type { Cents } from '../money/cents.ts';
import type { RejectReason } from './refusal.ts';
import type { ExchangeState, OrderStatus } from './status.ts';

export type OrderType = 'MARKET' | 'LIMIT' | 'STOP' | 'STOP_LIMIT';
export type TimeInForce = 'DAY' | 'IOC' | 'FOK' | 'GTC' | 'GTD';

/** What an order asks for: the part that an amendment may change. `quantity` is the total, filled shares included. */
export interface OrderTerms {
  readonly quantity: Shares;
  readonly limitPriceCents: Cents | null;
  readonly stopPriceCents: Cents | null;
  /**
   * L: no buy is filled above it and no sale below it; it travels to the exchange as the limit or the protection.
   * Null until the money or the shares are blocked; then kept, not recomputed when prices move.
   */
  readonly reservePriceCents: Cents | null;
}

/** One attempt to change an order. The exchange knows it by its own ClOrdID, chained to the one before. */
export interface Amendment extends OrderTerms {
  readonly clOrdId: ClOrdId;
  readonly origClOrdId: ClOrdId;
  readonly requestedAtMs: EpochMs;
  readonly outcome: 'PENDING' | 'REPLACED' | 'REFUSED';
  readonly reason: string | null;
}

/**
 * An order's item and its audit events carry these, and a program may amend one order a thousand times a day: with all of them each
 * change would cost more than the one before, until the item is too large to write and fills can no longer be booked.
 */
export const MAX_KEPT_AMENDMENTS = 20;

/** The one request about a live order that still awaits the exchange's answer. */
export type PendingRequest =
  | { readonly kind: 'CANCEL'; readonly clOrdId: ClOrdId }
  | {
      readonly kind: 'REPLACE';
      readonly clOrdId: ClOrdId;
      /** The exchange has accepted, but fills older than its acceptance are still to be booked. */
      readonly accepted: boolean;
      /** The terms the order does not have now: the wanted ones, and once accepted the former ones. */
      readonly otherTerms: OrderTerms;
    };

/** An order of a client: plain data. A change makes a new value with `version` one higher. */
export interface Order extends OrderTerms {
  readonly orderId: OrderId;
  readonly version: number;
  readonly accountId: AccountId;
  readonly clientOrderId: string;
  readonly correlationId: string;

  readonly symbol: string;
  readonly isin: string;
  readonly lotSize: Shares;
  readonly tickCents: Cents;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  /** GTD only: the last day, inclusive. */
  readonly expireDate: CalendarDate | null;

  readonly status: OrderStatus;
  /** What the exchange last said of the order; `status` follows from it and the quantities. */
  readonly exchangeState: ExchangeState;
  /** The form of the order that stands at the exchange. */
  readonly clOrdId: ClOrdId;
  readonly pendingRequest: PendingRequest | null;
  /** The newest amendments asked for, oldest first, at most MAX_KEPT_AMENDMENTS; all of them are in the audit trail. */
  readonly amendments: readonly Amendment[];
  /** Of all amendments ever asked for: the next ClOrdID counts on from it. */
  readonly amendmentCount: number;
  readonly cancelAttempts: number;
  /** The client wants it cancelled; set from PENDING_NEW on, before the exchange can be asked. */
  readonly cancelRequested: boolean;
  /** EXCHANGE: parked while the exchange is away, its money blocked. */
  readonly waitingFor: 'EXCHANGE' | null;
  readonly rejectReason: RejectReason | null;
  /** The exchange's or the house's own words for a rejection. */
  readonly rejectText: string | null;
  readonly cancelReason: string | null;

  /** CumQty booked: never falls. A bust does not lower it, it raises `bustedQuantity`. */
  readonly filledQuantity: Shares;
  readonly bustedQuantity: Shares;
  /** The highest CumQty the exchange has told of. Above `filledQuantity`: executions are missing and must be fetched. */
  readonly announcedQuantity: Shares;
  /** Every ExecID booked, so that a repeated report is recognised without reading the fills. */
  readonly executionIds: readonly ExecutionId[];
  /** C: gross value ever filled, per trading date. Fees are charged per date on this sum; busts leave it as it is. */
  readonly grossCentsByTradeDate: Readonly<Record<string, Cents>>;
  /** Gross value that busts and corrections took back. */
  readonly bustedGrossCents: Cents;
  /** What its fills were charged so far, those of busts taken out. */
  readonly fees: FeeAmounts;
  readonly feeBand: FeeBand;

  /** Money this order holds in the client's `blocked`: K. */
  readonly blockedCents: Cents;
  /** Shares this order holds in the client's blocked shares. */
  readonly blockedQuantity: Shares;

  readonly receivedAtMs: EpochMs;
  readonly updatedAtMs: EpochMs;
  readonly triggeredAtMs: EpochMs | null;
  /** The trading date in which it was received. */
  readonly tradeDate: CalendarDate;

  readonly auditSeq: number;
  readonly auditHash: string;
}
