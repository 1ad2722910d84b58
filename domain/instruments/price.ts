import { type Cents, cents } from '../money/cents.ts';

/** The highest price on the tick grid that is at most `percent` % of a base. Exact: whole numbers only. */
export function percentFloorToTick(base: Cents, percent: number, tick: Cents): Cents {
  return cents(Math.floor((base * percent) / (100 * tick)) * tick);
}

/** The lowest price on the tick grid that is at least `percent` % of a base. */
export function percentCeilToTick(base: Cents, percent: number, tick: Cents): Cents {
  return cents(Math.ceil((base * percent) / (100 * tick)) * tick);
}

export function isOnTick(price: Cents, tick: Cents): boolean {
  return price > 0 && price % tick === 0;
}

/** G: what a quantity is worth at a price. */
export function grossValue(quantity: number, price: Cents): Cents {
  return cents(quantity * price);
}
