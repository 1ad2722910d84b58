import { settlementDate } from '../calendar/business-days.ts';
import type { CalendarDate } from '../calendar/instant.ts';
import { type TradingCalendar, tradeDateAt } from '../calendar/trading-calendar.ts';
import { addFees, type FeeAmounts, totalFees } from '../fees/fee-amounts.ts';
import { feeRatesOn } from '../fees/fee-schedule.ts';
import { feeIncrement } from '../fees/order-fees.ts';
import { grossValue } from '../instruments/price.ts';
import { shares } from '../instruments/shares.ts';
import type { Side } from '../instruments/side.ts';
import { type Cents, cents, ZERO_CENTS } from '../money/cents.ts';
import type { TradeReport } from './execution-report.ts';
import type { Fill } from './fill.ts';
import type { Order } from './order.ts';

/** The fill that a trade report tells of, with what it adds to the order's fees of its trading date. */
export function fillOf(order: Order, report: TradeReport, calendar: TradingCalendar): Fill {
  const { orderId, accountId, symbol, isin, side } = order;
  const tradeDate = tradeDateAt(report.transactTimeMs, calendar);
  const grossCents = grossValue(report.lastQty, report.lastPxCents);
  const already = order.grossCentsByTradeDate[tradeDate] ?? ZERO_CENTS;
  const fees = feeIncrement(already, grossCents, feeRatesOn(tradeDate, order.feeBand));
  return {
    ...{ orderId, accountId, symbol, isin, side, fees, grossCents, tradeDate },
    executionId: report.execId,
    clOrdId: report.clOrdId,
    quantity: report.lastQty,
    priceCents: report.lastPxCents,
    netCents: netValue(side, grossCents, fees),
    settlementDate: settlementDate(tradeDate),
    transactTimeMs: report.transactTimeMs,
    isBusted: false,
  };
}

/** N of a purchase: value and fees. M of a sale: value less fees. */
export function netValue(side: Side, gross: Cents, fees: FeeAmounts): Cents {
  return cents(side === 'BUY' ? gross + totalFees(fees) : gross - totalFees(fees));
}

/** The order with one more fill. What it holds is not adjusted here. */
export function withFill(order: Order, fill: Fill): Order {
  return {
    ...order,
    filledQuantity: shares(order.filledQuantity + fill.quantity),
    executionIds: [...order.executionIds, fill.executionId],
    grossCentsByTradeDate: addGross(order.grossCentsByTradeDate, fill.tradeDate, fill.grossCents),
    fees: addFees(order.fees, fill.fees),
  };
}

function addGross(
  byDate: Order['grossCentsByTradeDate'],
  date: CalendarDate,
  gross: Cents,
): Order['grossCentsByTradeDate'] {
  return { ...byDate, [date]: cents((byDate[date] ?? 0) + gross) };
}
