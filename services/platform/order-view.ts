import type { AmendmentView, FeesView, FillView, OrderSummary, OrderView } from '@brokerage/contracts/rest/orders';
import { calendarDate, formatInstant } from '@brokerage/domain/calendar/instant';
import { totalFees } from '@brokerage/domain/fees/fee-amounts';
import { feeRatesOn } from '@brokerage/domain/fees/fee-schedule';
import { feeItems } from '@brokerage/domain/fees/fee-view';
import type { Cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';
import { formatRate } from '@brokerage/domain/money/rate';
import type { Fill } from '@brokerage/domain/orders/fill';
import type { Amendment, Order } from '@brokerage/domain/orders/order';
import type { OrderSnapshot } from '@brokerage/domain/orders/order-change';
import { averageFillPrice, leavesQuantity, standingGross } from '@brokerage/domain/orders/order-quantities';
import type * as z from 'zod';

/** An order as the API, the events and the receipt show it. */
export function orderView(order: OrderSnapshot, fills: readonly Fill[]): OrderView {
  return { ...orderSummary(order), fills: fills.map(fillView) };
}

export function orderSummary(snapshot: OrderSnapshot): OrderSummary {
  const order: Order = { auditHash: '', executionIds: [], ...snapshot }; // neither is shown
  return {
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    accountId: order.accountId,
    symbol: order.symbol,
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce,
    expireDate: order.expireDate,
    quantity: order.quantity,
    limitPrice: textOrNull(order.limitPriceCents),
    stopPrice: textOrNull(order.stopPriceCents),
    reservePrice: textOrNull(order.reservePriceCents),
    blockedAmount: formatCents(order.blockedCents),
    status: order.status,
    filledQuantity: order.filledQuantity,
    remainingQuantity: leavesQuantity(order),
    bustedQuantity: order.bustedQuantity,
    averagePrice: averageFillPrice(order),
    rejectReason: order.rejectReason,
    rejectText: order.rejectText,
    cancelReason: order.cancelReason,
    cancelRequested: order.cancelRequested,
    waitingFor: order.waitingFor,
    triggeredAt: order.triggeredAtMs === null ? null : formatInstant(order.triggeredAtMs),
    tradeDate: order.tradeDate,
    amendments: order.amendments.map(amendmentView),
    fees: feesView(order),
    createdAt: formatInstant(order.receivedAtMs),
    updatedAt: formatInstant(order.updatedAtMs),
    correlationId: order.correlationId,
  };
}

export function fillView(fill: Fill): FillView {
  return {
    executionId: fill.executionId,
    quantity: fill.quantity,
    price: formatCents(fill.priceCents),
    time: formatInstant(fill.transactTimeMs),
    grossAmount: formatCents(fill.grossCents),
    fees: formatCents(totalFees(fill.fees)),
    netAmount: formatCents(fill.netCents),
    settlementDate: fill.settlementDate,
  };
}

function amendmentView(amendment: Amendment): z.infer<typeof AmendmentView> {
  return {
    clOrdId: amendment.clOrdId,
    origClOrdId: amendment.origClOrdId,
    quantity: amendment.quantity,
    limitPrice: textOrNull(amendment.limitPriceCents),
    stopPrice: textOrNull(amendment.stopPriceCents),
    requestedAt: formatInstant(amendment.requestedAtMs),
    outcome: amendment.outcome,
    reason: amendment.reason,
  };
}

/** Charged so far, line by line; null before the first fill. The rates are those of the last trading date, should there be several. */
function feesView(order: Order): FeesView | null {
  const lastDate = Object.keys(order.grossCentsByTradeDate).sort().at(-1);
  if (lastDate === undefined) return null;
  const rates = feeRatesOn(calendarDate(lastDate), order.feeBand);
  return {
    total: formatCents(totalFees(order.fees)),
    items: feeItems(order.fees, standingGross(order), rates).map(({ name, rate, baseCents, amountCents }) => ({
      name,
      rate: formatRate(rate),
      base: formatCents(baseCents),
      amount: formatCents(amountCents),
    })),
  };
}

function textOrNull(amount: Cents | null): string | null {
  return amount === null ? null : formatCents(amount);
}
