import { assert } from '../assert.ts';
import { addFees, subtractFees } from '../fees/fee-amounts.ts';
import { feeRatesOn } from '../fees/fee-schedule.ts';
import { feeIncrement } from '../fees/order-fees.ts';
import { grossValue } from '../instruments/price.ts';
import { type Shares, shares } from '../instruments/shares.ts';
import { bustEntry, correctionEntry } from '../ledger/trade-entries.ts';
import { type Cents, cents } from '../money/cents.ts';
import { netValue } from './book-fill.ts';
import type { Fill } from './fill.ts';
import { makeChange } from './make-change.ts';
import type { Order } from './order.ts';
import type { ChangeContext, OrderChange } from './order-change.ts';

/**
 * B3 cancels a trade that has not settled (FIX ExecType H). The order is not reopened and its CumQty stays; the
 * client gets back what it paid, or owes what it was to get. The change's one fill, marked, takes the former one's
 * place; the entry's id is the fill's, so a second bust of it collides.
 */
export function bustFill(order: Order, fill: Fill, context: ChangeContext): OrderChange {
  assert(fill.orderId === order.orderId, `fill ${fill.executionId} is not of ${order.orderId}`);
  const after: Order = {
    ...order,
    bustedQuantity: shares(order.bustedQuantity + fill.quantity),
    bustedGrossCents: cents(order.bustedGrossCents + fill.grossCents),
    fees: subtractFees(order.fees, fill.fees),
  };
  const booked = { entries: [bustEntry(fill, context.atMs)], fills: [{ ...fill, isBusted: true }] };
  return makeChange(order, after, 'FILL_BUSTED', context, booked);
}

/**
 * B3 corrects a trade that has not settled (FIX ExecType G): undone and booked anew in one entry, what is blocked
 * untouched. The change's one fill takes the former one's place. A quantity may only be corrected downwards: the rest counts as busted.
 */
export function correctFill(
  order: Order,
  former: Fill,
  corrected: { readonly quantity: Shares; readonly priceCents: Cents },
  context: ChangeContext,
): OrderChange {
  assert(former.orderId === order.orderId, `fill ${former.executionId} is not of ${order.orderId}`);
  assert(
    0 < corrected.quantity && corrected.quantity <= former.quantity,
    `${corrected.quantity} of ${former.quantity} shares stand`,
  );
  const fill = correctedFill(order, former, corrected);
  const after: Order = {
    ...order,
    bustedQuantity: shares(order.bustedQuantity + former.quantity - fill.quantity),
    bustedGrossCents: cents(order.bustedGrossCents + former.grossCents - fill.grossCents),
    fees: addFees(subtractFees(order.fees, former.fees), fill.fees),
  };
  const entries = [correctionEntry(former, fill, context.atMs)];
  return makeChange(order, after, 'FILL_CORRECTED', context, { entries, fills: [fill] });
}

function correctedFill(
  order: Order,
  former: Fill,
  { quantity, priceCents }: { quantity: Shares; priceCents: Cents },
): Fill {
  const grossCents = grossValue(quantity, priceCents);
  const others = cents((order.grossCentsByTradeDate[former.tradeDate] ?? 0) - former.grossCents);
  const fees = feeIncrement(others, grossCents, feeRatesOn(former.tradeDate, order.feeBand));
  return { ...former, quantity, priceCents, grossCents, fees, netCents: netValue(former.side, grossCents, fees) };
}
