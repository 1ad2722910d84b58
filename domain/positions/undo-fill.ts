import type { HoldingDelta } from '../ledger/balance.ts';
import { type Cents, cents, maxCents, ZERO_CENTS } from '../money/cents.ts';
import type { Fill } from '../orders/fill.ts';
import { heldQuantity, moveShares, type Position } from './position.ts';

/**
 * The position after the bust of a fill. A purchase takes out what it had brought in; a sale's shares come back at
 * the average of those held, or without any at what they were sold for, as what they had cost is no longer known.
 */
export function undoFill(position: Position, fill: Fill, delta: HoldingDelta): Position {
  const moved = moveShares(position, delta);
  const held = heldQuantity(position);
  const { priceCostCents: price, totalCostCents: total } = position;
  if (fill.side === 'BUY')
    return heldQuantity(moved) > 0
      ? withCosts(moved, price - fill.grossCents, total - fill.netCents)
      : withCosts(moved, 0, 0);
  if (held <= 0) return withCosts(moved, fill.grossCents, fill.netCents);
  const regained = (cost: Cents) => cost + Math.floor((cost * fill.quantity) / held);
  return withCosts(moved, regained(price), regained(total));
}

function withCosts(position: Position, price: number, total: number): Position {
  const [priceCostCents, totalCostCents] = [maxCents(cents(price), ZERO_CENTS), maxCents(cents(total), ZERO_CENTS)];
  return { ...position, priceCostCents, totalCostCents };
}
