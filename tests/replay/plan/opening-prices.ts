import type { DayPlan } from './day-plan.ts';

/** By instrument, the price that its day starts from: of its first trade, or of the first order that names one. */
export function openingPrices({ lanes, trades }: DayPlan): ReadonlyMap<string, number> {
  const opening = new Map<string, number>();
  for (const [symbol, steps] of lanes) {
    const traded = trades.find((trade) => trade.symbol === symbol)?.priceCents;
    const named = steps.flatMap(({ action }) => (action.kind === 'CANCEL' ? [] : (action.priceCents ?? []))).at(0);
    const priceCents = traded ?? named;
    if (priceCents !== undefined) opening.set(symbol, priceCents);
  }
  return opening;
}
