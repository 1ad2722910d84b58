/**
 * The books as they lie in the tables and at the exchange: the attributes that the auditor reads, under the names they are stored by. Money is
 * integer centavos, quantities are shares. These shapes are written down here once more, on purpose: the auditor shares no code with what it audits.
 */
import type { ExecutionReport } from '@brokerage/contracts/exchange';

export interface Books {
  /** The stack's clock. */
  readonly nowMs: number;
  readonly orders: readonly OrderRecord[];
  readonly fills: readonly FillRecord[];
  readonly keys: readonly KeyRecord[];
  readonly balances: readonly BalanceRecord[];
  readonly positions: readonly PositionRecord[];
  readonly entries: readonly EntryRecord[];
  readonly events: readonly EventRecord[];
  readonly transfers: readonly TransferRecord[];
  /** All reports of the exchange to this member. */
  readonly executions: readonly ExecutionReport[];
  /** `eventId` of each event that reached the archive. */
  readonly archivedEventIds: readonly string[];
}

export type Fees = Readonly<Record<FeeComponent, number>>;
export type FeeComponent = 'TRADING' | 'CCP' | 'TTA' | 'BROKERAGE' | 'ISS';
export const FEE_COMPONENTS: readonly FeeComponent[] = ['TRADING', 'CCP', 'TTA', 'BROKERAGE', 'ISS'];

interface Terms {
  readonly quantity: number;
  readonly limitPriceCents: number | null;
  readonly stopPriceCents: number | null;
  readonly reservePriceCents: number | null;
}

/** Item `ORDER` of the table Orders. */
export interface OrderRecord extends Terms {
  readonly orderId: string;
  readonly accountId: string;
  readonly clientOrderId: string;
  readonly version: number;
  readonly isin: string;
  readonly side: 'BUY' | 'SELL';
  readonly type: string;
  readonly tickCents: number;
  readonly status: string;
  readonly exchangeState: string;
  readonly pendingRequest: { readonly kind: string; readonly otherTerms?: Terms } | null;
  readonly amendments: readonly unknown[];
  readonly waitingFor: string | null;
  readonly filledQuantity: number;
  readonly bustedQuantity: number;
  readonly announcedQuantity: number;
  readonly executionIds: readonly string[];
  readonly fees: Fees;
  readonly feeBand: string;
  readonly blockedCents: number;
  readonly blockedQuantity: number;
  readonly receivedAtMs: number;
  readonly updatedAtMs: number;
  readonly tradeDate: string;
  readonly auditSeq: number;
  readonly auditHash: string;
}

/** Items `FILL#<execId>` of the table Orders. */
export interface FillRecord {
  readonly orderId: string;
  readonly executionId: string;
  readonly accountId: string;
  readonly symbol: string;
  readonly isin: string;
  readonly side: 'BUY' | 'SELL';
  readonly quantity: number;
  readonly priceCents: number;
  readonly grossCents: number;
  readonly fees: Fees;
  readonly netCents: number;
  readonly tradeDate: string;
  readonly isBusted: boolean;
}

/** Items `KEY` of the table Orders; `orderId` is `KEY#<account>#<key>`. */
export interface KeyRecord {
  readonly orderId: string;
  readonly acceptedOrderId: string;
}

/** Item `BALANCE` of the table Accounts. */
export interface BalanceRecord {
  readonly accountId: string;
  readonly availableCents: number;
  readonly blockedCents: number;
  readonly receivableCents: number;
  readonly payableCents: number;
  readonly buyingPowerCents: number;
}

/** Items `POSITION#<isin>` of the table Accounts. */
export interface PositionRecord {
  readonly accountId: string;
  readonly isin: string;
  readonly freeQuantity: number;
  readonly blockedQuantity: number;
  readonly settledQuantity: number;
}

/** The table Ledger; `accountId` is `SUSPENSE` for entries of no client. */
export interface EntryRecord {
  readonly accountId: string;
  readonly entryKey: string;
  readonly entryId: string;
  readonly kind: string;
  readonly atMs: number;
  readonly orderId: string | null;
  readonly executionId: string | null;
  readonly money: readonly { readonly account: string; readonly amountCents: number }[];
  readonly shares: readonly { readonly account: string; readonly isin: string; readonly quantity: number }[];
}

/** The table Audit. */
export interface EventRecord {
  readonly orderId: string;
  readonly seq: number;
  readonly accountId: string;
  readonly eventKey: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly payload: {
    readonly order: Omit<OrderRecord, 'auditHash' | 'executionIds'>;
    readonly fills: readonly FillRecord[];
    readonly entryIds: readonly string[];
  };
}

/** The table Transfers. */
export interface TransferRecord {
  readonly transferId: string;
  readonly kind: 'DEPOSIT' | 'WITHDRAWAL' | 'PAYMENT';
  readonly accountId: string | null;
  readonly amountCents: number;
  readonly status?: string;
  readonly endToEndId?: string;
  readonly txid?: string;
  readonly paidCents?: number;
  readonly returnedCents?: number;
}
