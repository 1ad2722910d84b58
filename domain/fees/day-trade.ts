import { assert } from '../assert.ts';
import { grossValue } from '../instruments/price.ts';
import { type Cents, cents, sumCents, ZERO_CENTS } from '../money/cents.ts';
import type { Fill } from '../orders/fill.ts';

/** A client's trading of one date, parted for its note. All values are gross of costs. */
export interface TradedBuckets {
  /** Purchases and sales that are no day trade. */
  readonly normalGrossCents: Cents;
  readonly normalSalesCents: Cents;
  /** Both sides of the day trades. */
  readonly dayTradeGrossCents: Cents;
  /** Sales less purchases of the day trades: may be negative. */
  readonly dayTradeResultCents: Cents;
}

/**
 * Parts the fills of one client and one date. Per ISIN, the first purchases are matched with the first sales by
 * time, as many shares as were both bought and sold; that part is day trade.
 */
export function splitDayTrades(fills: readonly Fill[]): TradedBuckets {
  const isins = [...new Set(fills.map((fill) => fill.isin))];
  const matched = isins.map((isin) => matchIsin(fills.filter((fill) => fill.isin === isin)));
  const sales = sumCents(fills.filter(({ side }) => side === 'SELL').map(({ grossCents }) => grossCents));
  const all = sumCents(fills.map(({ grossCents }) => grossCents));
  const bought = sumCents(matched.map((match) => match.boughtCents));
  const sold = sumCents(matched.map((match) => match.soldCents));
  return {
    normalGrossCents: cents(all - bought - sold),
    normalSalesCents: cents(sales - sold),
    dayTradeGrossCents: cents(bought + sold),
    dayTradeResultCents: cents(sold - bought),
  };
}

function matchIsin(fills: readonly Fill[]): { boughtCents: Cents; soldCents: Cents } {
  const purchases = inTimeOrder(fills.filter(({ side }) => side === 'BUY'));
  const sales = inTimeOrder(fills.filter(({ side }) => side === 'SELL'));
  const quantity = Math.min(totalQuantity(purchases), totalQuantity(sales));
  return { boughtCents: valueOfFirst(purchases, quantity), soldCents: valueOfFirst(sales, quantity) };
}

function inTimeOrder(fills: readonly Fill[]): readonly Fill[] {
  return fills.toSorted((a, b) => a.transactTimeMs - b.transactTimeMs || (a.executionId < b.executionId ? -1 : 1));
}

function totalQuantity(fills: readonly Fill[]): number {
  return fills.reduce((sum, fill) => sum + fill.quantity, 0);
}

function valueOfFirst(fills: readonly Fill[], quantity: number): Cents {
  let left = quantity;
  let value: Cents = ZERO_CENTS;
  for (const fill of fills) {
    const taken = Math.min(left, fill.quantity);
    value = cents(value + grossValue(taken, fill.priceCents));
    left -= taken;
  }
  assert(left === 0, `${left} of ${quantity} shares were not found among the fills`);
  return value;
}
