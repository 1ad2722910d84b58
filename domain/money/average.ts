import { assert } from '../assert.ts';
import { type Cents, cents } from './cents.ts';
import { formatScaled } from './decimal.ts';

const AVERAGE_DECIMALS = 4;
const AVERAGE_UNITS_PER_CENT = 100n;

/** Rule FOUR_DECIMALS_HALF_UP: the average price of `quantity` shares worth `total`, "30.0060"; null for none. */
export function averagePrice(total: Cents, quantity: number): string | null {
  if (quantity === 0) return null;
  assert(total >= 0 && quantity > 0, `average of ${total} over ${quantity}`);
  const dividend = BigInt(total) * AVERAGE_UNITS_PER_CENT;
  const divisor = BigInt(quantity);
  const halfUp = (2n * dividend + divisor) / (2n * divisor);
  return formatScaled(Number(halfUp), AVERAGE_DECIMALS);
}

/** Rule FLOOR_OF_COST: the cost that leaves with `sold` of `held` shares; the last sale takes all that is left. */
export function costOfSale(cost: Cents, sold: number, held: number): Cents {
  assert(0 < sold && sold <= held, `${sold} of ${held} shares sold`);
  return cents(Number((BigInt(cost) * BigInt(sold)) / BigInt(held)));
}
