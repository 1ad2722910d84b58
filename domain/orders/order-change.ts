import type { AuditEvent, Hash } from '../audit/audit-event.ts';
import type { EpochMs } from '../calendar/instant.ts';
import type { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { Shares } from '../instruments/shares.ts';
import type { Balance, HoldingDelta } from '../ledger/balance.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import type { Cents } from '../money/cents.ts';
import type { Fill } from './fill.ts';
import type { Order } from './order.ts';
import type { RefusalCode, Refused } from './refusal.ts';

/** Who caused a change. */
export type Actor = 'CLIENT' | 'BROKERAGE' | 'EXCHANGE' | 'OPERATOR';

/** What a change needs from outside: the time, the hash of the audit chain, the calendar, and who asks. */
export interface ChangeContext {
  readonly atMs: EpochMs;
  readonly hash: Hash;
  readonly calendar: TradingCalendar;
  readonly actor: Actor;
  readonly correlationId: string;
}

/** What the store must find true of the client, in the same transaction, or the change is refused. */
export type Guard =
  | { readonly kind: 'BUYING_POWER'; readonly atLeastCents: Cents }
  | { readonly kind: 'FREE_SHARES'; readonly atLeastQuantity: Shares };

export type OrderEventType =
  | 'ORDER_ACCEPTED'
  | 'ORDER_RESERVED'
  | 'ORDER_REJECTED'
  | 'ORDER_PARKED'
  | 'ORDER_UNPARKED'
  | 'CANCEL_REQUESTED'
  | 'ORDER_CANCELED_UNSENT'
  | 'REPLACE_REQUESTED'
  | 'EXECUTION_REPORTED'
  | 'FILL_BUSTED'
  | 'FILL_CORRECTED';

/** The order as its audit event shows it: all but the chain's own hash and the list of ExecIDs, which fills repeat. */
export type OrderSnapshot = Omit<Order, 'auditHash' | 'executionIds'>;

/** Payload of an order's audit event: the order after the change and the former value of each field that changed. */
export interface OrderEventPayload {
  readonly type: OrderEventType;
  readonly order: OrderSnapshot;
  readonly previous: Partial<OrderSnapshot>;
  readonly fills: readonly Fill[];
  readonly entryIds: readonly string[];
}

export type OrderEvent = AuditEvent<OrderEventPayload>;

/**
 * One change of an order as data, for ONE transaction: the order (condition: the stored version is one lower; a new
 * order: none is stored), entries and fills (condition: not there yet; a bust or correction overwrites its fill), the event, and what to add to the client's
 * balance and holding. Costs of the position: `bookFills` of positions.
 */
export interface OrderChange {
  readonly order: Order;
  readonly entries: readonly LedgerEntry[];
  readonly fills: readonly Fill[];
  readonly event: OrderEvent;
  readonly balanceDelta: Balance;
  readonly holdingDelta: HoldingDelta;
  readonly guard: Guard | null;
  /** What fills cost beyond the money this order had blocked: always booked, may leave a debt, raises an alarm. */
  readonly uncoveredCents: Cents;
}

export type Decision<Code extends RefusalCode> = { readonly ok: true; readonly change: OrderChange } | Refused<Code>;
