import { grossValue } from '@brokerage/domain/instruments/price';
import { type Cents, cents } from '@brokerage/domain/money/cents';
import type { OrderTerms } from '@brokerage/domain/orders/order';
import type { OrderSnapshot } from '@brokerage/domain/orders/order-change';
import { isLargeOrder } from '@brokerage/domain/risk/client-limits';

/** The protection of a market sale lies 5 % under the bid that it was taken from (and is rounded up to a tick). */
const MARKET_SALE_PROTECTION_PERCENT = 95;

/**
 * What compliance looks at: quantity × (limit or reserve price), of the terms that stand or those asked for, whichever is more; null while
 * there is no price. A market sale goes by the best bid, which is recovered from its protection, at most a tick a share too high.
 */
export function orderValue(order: OrderSnapshot): Cents | null {
  const other = order.pendingRequest?.kind === 'REPLACE' ? order.pendingRequest.otherTerms : null;
  const values = [order, other]
    .flatMap((terms) => (terms ? [termsValue(order, terms)] : []))
    .filter((value) => value !== null);
  return values.length === 0 ? null : cents(Math.max(...values));
}

/** Whether the order first stands above R$ 100,000.00 with this change. `before` null: there was no order. */
export function becameLarge(before: OrderSnapshot | null, after: OrderSnapshot): boolean {
  return isLarge(after) && !(before !== null && isLarge(before));
}

function isLarge(order: OrderSnapshot): boolean {
  const value = orderValue(order);
  return value !== null && isLargeOrder(value);
}

function termsValue({ side, type }: OrderSnapshot, terms: OrderTerms): Cents | null {
  const { quantity, limitPriceCents, reservePriceCents } = terms;
  if (limitPriceCents !== null) return grossValue(quantity, limitPriceCents);
  if (reservePriceCents === null) return null;
  const isMarketSale = type === 'MARKET' && side === 'SELL';
  const bid = isMarketSale ? Math.floor((reservePriceCents * 100) / MARKET_SALE_PROTECTION_PERCENT) : reservePriceCents;
  return grossValue(quantity, cents(bid));
}
