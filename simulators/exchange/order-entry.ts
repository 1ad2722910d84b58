import type { CancelRequest, NewOrder, RejectReason, ReplaceRequest } from '@brokerage/contracts/exchange';
import { type LiveOrder, leavesQty, newLiveOrder } from './live-order.ts';
import { placeInBook, workOrder } from './matching.ts';
import { checkNewOrder, checkNewTerms, expiryOf, isOpenNow, type OrderTerms } from './order-check.ts';
import type { SymbolMarket } from './symbol-market.ts';
import { endOrder, marketOf, type TradingFloor } from './trading-floor.ts';

/** Enters a new order, or reports it REJECTED. `priorRefusal` is a reason found before, as TOMBSTONE. */
export function enterOrder(floor: TradingFloor, message: NewOrder, priorRefusal: RejectReason | null): void {
  const market = floor.markets.get(message.symbol);
  const rejectReason = priorRefusal ?? checkNewOrder(floor, market, message);
  if (rejectReason !== null || market === undefined) {
    const refused = { ...newLiveOrder(message, null), ended: 'REJECTED' as const };
    const execId = market?.nextExecId() ?? `X${floor.reports.lastSeq + 1}`;
    floor.reports.add(refused, floor.moment, {
      execType: 'REJECTED',
      execId,
      rejectReason: rejectReason ?? 'UNKNOWN_SYMBOL',
    });
    return;
  }
  const order = newLiveOrder(message, expiryOf(floor, message));
  floor.open.set(order.firstClOrdId, order);
  order.priority = floor.reports.add(order, floor.moment, { execType: 'NEW', execId: market.nextExecId() });
  if (order.waiting) market.stops.add(order);
  else workOrder(floor, order);
}

/** Cancels an order, or reports why not. */
export function cancelOrder(
  floor: TradingFloor,
  order: LiveOrder,
  { clOrdId, origClOrdId }: CancelRequest,
  priorRefusal: RejectReason | null,
): void {
  const rejectReason = priorRefusal ?? (floor.open.has(order.firstClOrdId) ? null : 'TOO_LATE');
  if (rejectReason === null) {
    endOrder(floor, order, { as: 'CANCELED', cancelReason: 'REQUESTED', clOrdId, origClOrdId });
    return;
  }
  const execId = refusalExecId(floor, order);
  floor.reports.add(order, floor.moment, { execType: 'CANCEL_REJECTED', execId, clOrdId, origClOrdId, rejectReason });
}

/** Gives an order new terms under a new ClOrdID, or reports why not; refused, the order stays as it was. */
export function replaceOrder(
  floor: TradingFloor,
  order: LiveOrder,
  message: ReplaceRequest,
  priorRefusal: RejectReason | null,
): void {
  const { clOrdId, origClOrdId } = message;
  const terms = newTerms(order, message);
  const rejectReason = priorRefusal ?? checkReplacement(floor, order, message, terms);
  if (rejectReason !== null) {
    const execId = refusalExecId(floor, order);
    floor.reports.add(order, floor.moment, {
      execType: 'REPLACE_REJECTED',
      execId,
      clOrdId,
      origClOrdId,
      rejectReason,
    });
    return;
  }
  const market = marketOf(floor, order);
  const keepsPriority = isPureDecrease(order, terms);
  if (!keepsPriority) leave(market, order);
  order.clOrdId = clOrdId;
  order.orderQty = terms.quantity;
  order.priceCents = terms.priceCents;
  order.stopPriceCents = terms.stopPriceCents;
  order.protectionPriceCents = terms.protectionPriceCents;
  const seq = floor.reports.add(order, floor.moment, {
    execType: 'REPLACED',
    execId: market.nextExecId(),
    origClOrdId,
  });
  if (keepsPriority) {
    if (!order.waiting) market.book.decrease(order.firstClOrdId, leavesQty(order));
    return;
  }
  order.priority = seq;
  if (order.waiting) market.stops.add(order);
  else workOrder(floor, order);
}

/** Puts an order that was open before a restart back where it stood. */
export function restoreOrder(floor: TradingFloor, order: LiveOrder): void {
  floor.open.set(order.firstClOrdId, order);
  const market = marketOf(floor, order);
  if (order.waiting) market.stops.add(order);
  else placeInBook(market, order);
}

function newTerms(order: LiveOrder, message: ReplaceRequest): OrderTerms {
  return {
    side: order.side,
    quantity: message.quantity ?? order.orderQty,
    priceCents: message.priceCents ?? order.priceCents,
    stopPriceCents: message.stopPriceCents ?? order.stopPriceCents,
    protectionPriceCents: message.protectionPriceCents ?? order.protectionPriceCents,
    waiting: order.waiting,
  };
}

function checkReplacement(
  floor: TradingFloor,
  order: LiveOrder,
  message: ReplaceRequest,
  terms: OrderTerms,
): RejectReason | null {
  if (!floor.open.has(order.firstClOrdId)) return 'TOO_LATE';
  if (!isOpenNow(floor)) return 'MARKET_CLOSED';
  // Only a waiting stop has a stop price and a protection to change, and only what has a limit has one to change.
  const changesStop = message.stopPriceCents !== undefined || message.protectionPriceCents !== undefined;
  const changesAbsentPrice = message.priceCents !== undefined && order.priceCents === null;
  if ((changesStop && !order.waiting) || changesAbsentPrice) return 'INVALID_ORDER';
  if (message.protectionPriceCents !== undefined && order.ordType !== 'STOP') return 'INVALID_ORDER';
  if (terms.quantity <= order.cumQty) return 'INVALID_QUANTITY';
  return checkNewTerms(marketOf(floor, order), terms);
}

/** B3: a lower quantity keeps the place in the queue; any other price, stop or a higher quantity loses it. */
function isPureDecrease(order: LiveOrder, terms: OrderTerms): boolean {
  return (
    terms.quantity <= order.orderQty &&
    terms.priceCents === order.priceCents &&
    terms.stopPriceCents === order.stopPriceCents &&
    terms.protectionPriceCents === order.protectionPriceCents
  );
}

function leave(market: SymbolMarket, order: LiveOrder): void {
  if (order.waiting) market.stops.remove(order);
  else market.book.remove(order.firstClOrdId);
}

function refusalExecId(floor: TradingFloor, order: LiveOrder): string {
  return floor.markets.get(order.symbol)?.nextExecId() ?? `X${floor.reports.lastSeq + 1}`;
}
