import { assert, unreachable } from '../assert.ts';
import { firstClOrdId, orderIdOf } from '../identifiers.ts';
import { shares } from '../instruments/shares.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import { tradeEntry } from '../ledger/trade-entries.ts';
import { type Cents, cents, maxCents, minCents, ZERO_CENTS } from '../money/cents.ts';
import { fillOf, withFill } from './book-fill.ts';
import type { ExecutionReport, TradeReport } from './execution-report.ts';
import type { Fill } from './fill.ts';
import { isChanged, makeChange, withHold, withStatus } from './make-change.ts';
import type { Order } from './order.ts';
import type { ChangeContext, OrderChange } from './order-change.ts';
import { currentHold, holdDifference, requiredHold } from './order-hold.ts';
import { acceptReplace, finishReplace, refusePending } from './pending-replace.ts';
import { EXECUTION_REFUSALS } from './refusal.ts';
import { hasEnded, isEndState } from './status.ts';

/** A transaction takes 100 actions; each fill takes two, and the order, its event and its client's items the rest. */
export const MAX_FILLS_A_CHANGE = 20;

/** `change` is null when the reports tell nothing new; `rest` is to be applied to the changed order, in another change. */
export interface Applied {
  readonly change: OrderChange | null;
  readonly rest: readonly ExecutionReport[];
}

interface Booking {
  readonly order: Order;
  readonly entries: readonly LedgerEntry[];
  readonly fills: readonly Fill[];
  readonly uncoveredCents: Cents;
}

/**
 * Books what the exchange says of an order. Reports may come twice, before the answer to the request they follow from,
 * and in any order: the end is the same. A fill is always booked, even without the money for it, even after the end of the order. What a
 * terminal or replaced report announces (CumQty) is awaited; only what can no longer be filled is freed at once.
 */
export function applyExecutionReports(
  order: Order,
  reports: readonly ExecutionReport[],
  context: ChangeContext,
): Applied {
  const { batch, rest } = firstBatch(order, reports);
  let booking: Booking = { order, entries: [], fills: [], uncoveredCents: ZERO_CENTS };
  for (const report of batch) booking = book(booking, report, context);
  if (!isChanged(order, booking.order)) return { change: null, rest };
  return { change: makeChange(order, booking.order, 'EXECUTION_REPORTED', context, booking), rest };
}

function firstBatch(order: Order, reports: readonly ExecutionReport[]) {
  const seen = new Set<string>(order.executionIds);
  let fills = 0;
  const end = reports.findIndex((report) => {
    if (report.execType !== 'TRADE' || seen.has(report.execId)) return false;
    seen.add(report.execId);
    fills += 1;
    return fills > MAX_FILLS_A_CHANGE;
  });
  return end < 0 ? { batch: reports, rest: [] } : { batch: reports.slice(0, end), rest: reports.slice(end) };
}

function book(booking: Booking, report: ExecutionReport, context: ChangeContext): Booking {
  const { order } = booking;
  assert(orderIdOf(report.clOrdId) === order.orderId, `report of ${report.clOrdId} is not about ${order.orderId}`);
  assert(order.exchangeState !== 'UNSENT', `the exchange speaks of ${order.orderId}, which was never sent`);
  const heard = noteReport(order, report);
  if (report.execType === 'TRADE' && !order.executionIds.includes(report.execId)) {
    return bookFill(booking, heard, report, context);
  }
  const after = withStatus(finishReplace(noteAnswer(heard, report)));
  const { order: held, entry } = withHold(after, 'RELEASE', context, booking.entries.length);
  return { ...booking, order: held, entries: entry ? [...booking.entries, entry] : booking.entries };
}

/** What any report proves: the order is at the exchange, at least CumQty is filled, and its ClOrdID was accepted. */
function noteReport(order: Order, report: ExecutionReport): Order {
  const isRefusal = report.execType === 'CANCEL_REJECT' || report.execType === 'REJECTED';
  const isOfPending = order.pendingRequest?.clOrdId === report.clOrdId;
  const known = isOfPending && !isRefusal ? acceptReplace(order) : order;
  return {
    ...known,
    waitingFor: null,
    exchangeState: known.exchangeState === 'SENT' && !isRefusal ? 'WORKING' : known.exchangeState,
    announcedQuantity: shares(Math.max(known.announcedQuantity, report.cumQty)),
  };
}

function noteAnswer(order: Order, report: ExecutionReport): Order {
  switch (report.execType) {
    case 'NEW':
    case 'TRADE':
      return restAtLimit(order, report.priceCents);
    case 'TRIGGERED':
      return { ...order, triggeredAtMs: order.triggeredAtMs ?? report.transactTimeMs };
    case 'REPLACED':
      return order;
    case 'CANCEL_REJECT':
      return refusePending(order, report.clOrdId, report.reason);
    case 'REJECTED':
      if (report.clOrdId !== firstClOrdId(order.orderId)) return refusePending(order, report.clOrdId, report.reason);
      return endAtExchange(order, {
        exchangeState: 'REJECTED',
        rejectReason: EXECUTION_REFUSALS.find((code) => code === report.reason) ?? 'EXCHANGE_REJECTED',
        rejectText: report.reason,
      });
    case 'EXPIRED':
      return endAtExchange(order, { exchangeState: 'EXPIRED' });
    case 'CANCELED':
      return endAtExchange(order, {
        exchangeState: 'CANCELED',
        cancelReason: report.reason ?? defaultCancelReason(order),
      });
    default:
      return unreachable(report);
  }
}

function endAtExchange(order: Order, end: Partial<Order>): Order {
  return hasEnded(order.status) || isEndState(order.exchangeState) ? order : { ...order, ...end };
}

function defaultCancelReason({ cancelRequested, timeInForce }: Order): string {
  if (cancelRequested) return 'CLIENT_REQUEST';
  if (timeInForce === 'IOC') return 'IOC_REMAINDER';
  return timeInForce === 'FOK' ? 'FOK_NOT_FILLED' : 'EXCHANGE';
}

/** B3's market-to-limit: the remainder of a DAY market order rests at the price of its last trade. Told once. */
function restAtLimit(order: Order, price: Cents | null): Order {
  if (price === null || order.type !== 'MARKET' || order.limitPriceCents !== null) return order;
  const reservePriceCents = order.side === 'BUY' ? minCents(order.reservePriceCents ?? price, price) : price;
  return { ...order, limitPriceCents: price, reservePriceCents };
}

function bookFill(booking: Booking, heard: Order, report: TradeReport, context: ChangeContext): Booking {
  const fill = fillOf(heard, report, context.calendar);
  const after = withStatus(finishReplace(noteAnswer(withFill(heard, fill), report)));
  const hold = requiredHold(after);
  const released = holdDifference(hold, currentHold(heard));
  const order = { ...after, blockedCents: hold.moneyCents, blockedQuantity: hold.quantity };
  const shortfall = fill.side === 'BUY' ? cents(fill.netCents - released.moneyCents) : ZERO_CENTS;
  return {
    order,
    entries: [...booking.entries, tradeEntry(fill, released, context.atMs)],
    fills: [...booking.fills, fill],
    uncoveredCents: cents(booking.uncoveredCents + maxCents(shortfall, ZERO_CENTS)),
  };
}
