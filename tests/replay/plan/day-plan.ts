import type { RecordedDay, RecordedEvent, RecordedSide } from '../recorded-day.ts';
import { type EntryKind, entryOf } from './order-entry.ts';
import { type RecordedTrade, recordedTrades } from './recorded-trades.ts';

/** What the API is asked to do for one event. Prices are centavos; without one the order is a MARKET order. */
export type Action =
  | { readonly kind: 'PLACE'; readonly entry: EntryKind; readonly quantity: number; readonly priceCents: number | null }
  | { readonly kind: 'AMEND'; readonly quantity: number; readonly priceCents: number }
  | { readonly kind: 'CANCEL' };

export interface Step {
  readonly orderNumber: string;
  /** Of the event, in milliseconds of its day. */
  readonly timeMs: number;
  readonly action: Action;
}

export interface PlannedOrder {
  readonly orderNumber: string;
  readonly symbol: string;
  readonly member: string;
  /** Whose order it is: each member has one account that buys and one that sells. */
  readonly investor: string;
  readonly side: RecordedSide;
  readonly entry: EntryKind;
  /** Entered without a price. */
  readonly isMarket: boolean;
  /** Filled in the day as recorded: what happened before the window opened is left out. */
  readonly recordedQuantity: number;
}

/** A recorded day as requests to the API and the trades that they led to on that day. */
export interface DayPlan {
  readonly sessionDate: string;
  readonly orders: ReadonlyMap<string, PlannedOrder>;
  /** By instrument, each in the exchange's order of events: one book does not see the other's. */
  readonly lanes: ReadonlyMap<string, readonly Step[]>;
  readonly trades: readonly RecordedTrade[];
  /** Events that are sent to nobody, by why. */
  readonly unsent: Readonly<Record<UnsentReason, number>>;
}

export type UnsentReason = 'TRADE' | 'REPEATED_NEW' | 'NO_PRICE_KNOWN';

/** Plans the first `limit` events of the day, in the exchange's order. */
export function planDay(day: RecordedDay, limit = Number.POSITIVE_INFINITY): DayPlan {
  const events = day.events.slice(0, limit);
  const trades = recordedTrades(events);
  const histories = Map.groupBy(events, ({ orderNumber }) => orderNumber);
  const orders = new Map<string, PlannedOrder>();
  const steps: (Step & { readonly symbol: string; readonly sequence: number })[] = [];
  const unsent = { TRADE: 0, REPEATED_NEW: 0, NO_PRICE_KNOWN: 0 };
  for (const history of histories.values()) {
    const planned = planOrder(history, trades);
    if (planned.order) orders.set(planned.order.orderNumber, planned.order);
    steps.push(...planned.steps);
    for (const reason of planned.unsent) unsent[reason] += 1;
  }
  const ordered = steps.toSorted((one, other) => one.sequence - other.sequence);
  const lanes = Map.groupBy(ordered, ({ symbol }) => symbol);
  return { sessionDate: day.sessionDate, orders, lanes, trades, unsent };
}

function planOrder(history: readonly RecordedEvent[], trades: readonly RecordedTrade[]) {
  const [first] = history as [RecordedEvent];
  const unsent: UnsentReason[] = [];
  const entry = entryOf(history, trades);
  if (entry === null) {
    unsent.push(...history.map(({ kind }): UnsentReason => (kind === 'TRADE' ? 'TRADE' : 'NO_PRICE_KNOWN')));
    return { order: null, steps: [], unsent };
  }
  const { filledBefore } = entry;
  const steps = [stepOf(first, entry.sequence, entry.timeMs, entry.action)];
  for (const event of history) {
    const { kind, sequence, timeMs, priceCents, quantity } = event;
    if (kind === 'TRADE') unsent.push('TRADE');
    else if (kind === 'NEW' && sequence !== entry.sequence) unsent.push('REPEATED_NEW');
    else if (sequence !== entry.sequence) {
      const amend: Action = { kind: 'AMEND', quantity: quantity - filledBefore, priceCents };
      steps.push(stepOf(event, sequence, timeMs, kind === 'CANCEL' ? { kind: 'CANCEL' } : amend));
    }
  }
  const { orderNumber, symbol, member, side } = first;
  const recordedQuantity = (history.at(-1) as RecordedEvent).filledQuantity - filledBefore;
  const investor = investorOf(first);
  const { entry: entryKind, priceCents } = entry.action;
  const isMarket = priceCents === null;
  const order = { orderNumber, symbol, member, investor, side, entry: entryKind, isMarket, recordedQuantity };
  return { order, steps, unsent };
}

/**
 * The file names the broker and not its client. A member's orders trade with each other, so they are of several investors; with
 * one account a member the exchange would take them for one's own and cancel the aggressor (self-trade prevention).
 */
function investorOf({ member, side }: RecordedEvent): string {
  return `${member}-${side === 'BUY' ? 'buyer' : 'seller'}`;
}

function stepOf({ symbol, orderNumber }: RecordedEvent, sequence: number, timeMs: number, action: Action) {
  return { symbol, orderNumber, sequence, timeMs, action };
}
