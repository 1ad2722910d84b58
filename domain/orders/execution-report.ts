import type { EpochMs } from '../calendar/instant.ts';
import type { ClOrdId, ExecutionId } from '../identifiers.ts';
import type { Shares } from '../instruments/shares.ts';
import type { Cents } from '../money/cents.ts';

/** What every message of the exchange about an order carries, in FIX's names. */
interface ReportHeader {
  /** The request or form of the order it speaks of. */
  readonly clOrdId: ClOrdId;
  readonly execId: ExecutionId;
  /** Shares filled so far at the exchange, this report included. */
  readonly cumQty: Shares;
  readonly leavesQty: Shares;
  readonly transactTimeMs: EpochMs;
}

/** The exchange has the order; `priceCents` when a market order's remainder now rests at that limit. */
interface NewReport extends ReportHeader {
  readonly execType: 'NEW';
  readonly priceCents: Cents | null;
}

export interface TradeReport extends ReportHeader {
  readonly execType: 'TRADE';
  readonly lastQty: Shares;
  readonly lastPxCents: Cents;
  /** FIX Price (44): where the remainder of a DAY market order rests from now on; null otherwise. */
  readonly priceCents: Cents | null;
}

/** An end of the order. `reason` is the exchange's code, say IOC_REMAINDER or SELF_TRADE. */
interface EndReport extends ReportHeader {
  readonly execType: 'CANCELED' | 'EXPIRED' | 'REJECTED';
  readonly reason: string | null;
}

/** `clOrdId` is the accepted form, `origClOrdId` the one it replaced. */
interface ReplacedReport extends ReportHeader {
  readonly execType: 'REPLACED';
  readonly origClOrdId: ClOrdId;
}

/** FIX OrderCancelReject: `clOrdId` is the refused cancel or replace (`cumQty` 0 if it does not say). The order goes on. */
interface CancelRejectReport extends ReportHeader {
  readonly execType: 'CANCEL_REJECT';
  readonly reason: string | null;
}

/** A stop order's trigger price was met. */
interface TriggeredReport extends ReportHeader {
  readonly execType: 'TRIGGERED';
}

/**
 * One message of the exchange. It may come twice, early, late, and out of order. Busts and corrections
 * (FIX ExecType H and G) are not here: they are about a fill already booked, see `bust-fill.ts`.
 */
export type ExecutionReport =
  | NewReport
  | TradeReport
  | EndReport
  | ReplacedReport
  | CancelRejectReport
  | TriggeredReport;
