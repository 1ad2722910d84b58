import type { AmendmentView, FeesView, FillView, OrderSummary, OrderView } from '@brokerage/contracts/rest/orders';
import { type CalendarDate, formatInstant } from '@brokerage/domain/calendar/instant';
import { FEE_COMPONENTS, totalFees } from '@brokerage/domain/fees/fee-amounts';
import { feeRatesOn } from '@brokerage/domain/fees/fee-schedule';
import { averagePrice } from '@brokerage/domain/money/average';
import { type Cents, sumCents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';
import { formatRate } from '@brokerage/domain/money/rate';
import type { Fill } from '@brokerage/domain/orders/fill';
import type { Amendment } from '@brokerage/domain/orders/order';
import type { OrderSnapshot } from '@brokerage/domain/orders/order-change';
import { hasEnded } from '@brokerage/domain/orders/status';
import type * as z from 'zod';

/** An order as the API, the events and the receipt show it. */
export function orderView(order: OrderSnapshot, fills: readonly Fill[]): OrderView {
  return { ...orderSummary(order), fills: fills.map(fillView) };
}

export function orderSummary(order: OrderSnapshot): OrderSummary {
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
    remainingQuantity: hasEnded(order.status) ? 0 : order.quantity - order.filledQuantity, // FIX LeavesQty
    bustedQuantity: order.bustedQuantity,
    averagePrice: averagePrice(grossOf(order), order.filledQuantity - order.bustedQuantity),
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

/** Components that cost nothing are left out. The rate is that of the last trading date, should an order have several. */
function feesView(order: OrderSnapshot): FeesView | null {
  const lastDate = Object.keys(order.grossCentsByTradeDate).sort().at(-1);
  if (lastDate === undefined) return null;
  const rates = feeRatesOn(lastDate as CalendarDate, order.feeBand);
  const base = grossOf(order);
  const charged = FEE_COMPONENTS.filter((name) => order.fees[name] !== 0);
  return {
    total: formatCents(totalFees(order.fees)),
    items: charged.map((name) => ({
      name,
      rate: formatRate(rates[name]),
      base: formatCents(name === 'ISS' ? order.fees.BROKERAGE : base),
      amount: formatCents(order.fees[name]),
    })),
  };
}

function grossOf(order: OrderSnapshot): Cents {
  return sumCents(Object.values(order.grossCentsByTradeDate));
}

function textOrNull(amount: Cents | null): string | null {
  return amount === null ? null : formatCents(amount);
}
