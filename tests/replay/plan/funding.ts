import type { DayPlan } from './day-plan.ts';

/** What an account must hold so that no order of the plan fails for want of money or shares. */
export interface Funding {
  readonly investor: string;
  readonly cashCents: number;
  /** By the symbol that is traded. */
  readonly shares: ReadonlyMap<string, number>;
}

/** Above B3's rejection tunnel of 20 % and any fees: a market order blocks at the worst price that it may trade at. */
const WORST_PRICE_FACTOR = 2;

/** As if each order were filled whole, at its largest: nothing that sells may count on what another order buys. */
export function fundingOf({ orders, lanes }: DayPlan): Funding[] {
  const highest = highestPrices(lanes);
  const largest = largestQuantities(lanes);
  const byInvestor = Map.groupBy(orders.values(), ({ investor }) => investor);
  return [...byInvestor].map(([investor, ownOrders]) => {
    const shares = new Map<string, number>();
    let cashCents = 0;
    for (const { orderNumber, symbol, side } of ownOrders) {
      const quantity = largest.get(orderNumber) ?? 0;
      if (side === 'SELL') shares.set(symbol, (shares.get(symbol) ?? 0) + quantity);
      else cashCents += quantity * (highest.get(symbol) ?? 0) * WORST_PRICE_FACTOR;
    }
    return { investor, cashCents, shares };
  });
}

function largestQuantities(lanes: DayPlan['lanes']): ReadonlyMap<string, number> {
  const largest = new Map<string, number>();
  for (const { orderNumber, action } of [...lanes.values()].flat()) {
    if (action.kind !== 'CANCEL') largest.set(orderNumber, Math.max(largest.get(orderNumber) ?? 0, action.quantity));
  }
  return largest;
}

function highestPrices(lanes: DayPlan['lanes']): ReadonlyMap<string, number> {
  const highest = [...lanes].map(([symbol, steps]): [string, number] => {
    const prices = steps.map(({ action }) => (action.kind === 'CANCEL' ? 0 : (action.priceCents ?? 0)));
    return [symbol, prices.reduce((most, price) => Math.max(most, price), 0)];
  });
  return new Map(highest);
}
