import { type Shares, shares } from '../instruments/shares.ts';
import { averagePrice } from '../money/average.ts';
import { type Cents, cents, sumCents } from '../money/cents.ts';
import type { Order } from './order.ts';
import { hasEnded, isEndState } from './status.ts';

/** LeavesQty: CumQty + LeavesQty = OrderQty while the order lives; nothing is left once it has ended. */
export function leavesQuantity(order: Order): Shares {
  return shares(hasEnded(order.status) ? 0 : Math.max(0, order.quantity - order.filledQuantity));
}

/** Fills announced by the exchange that nobody has booked yet: they must be fetched by ClOrdID. */
export function missingQuantity(order: Order): Shares {
  return shares(Math.max(0, order.announcedQuantity - order.filledQuantity));
}

/** What may still be filled of a total: once the exchange has ended the order, only what it has already announced. */
export function fillableQuantity(order: Order, total: Shares): Shares {
  if (isEndState(order.exchangeState)) return missingQuantity(order);
  return shares(Math.max(0, total - order.filledQuantity));
}

/** Gross value of the fills that stand, busts and corrections taken out. */
export function standingGross(order: Order): Cents {
  return cents(sumCents(Object.values(order.grossCentsByTradeDate)) - order.bustedGrossCents);
}

/** Average price of the fills that stand, four decimals half-up ("30.0060"); null without any. */
export function averageFillPrice(order: Order): string | null {
  return averagePrice(standingGross(order), order.filledQuantity - order.bustedQuantity);
}
