import { assert } from '../assert.ts';
import type { AccountId } from '../identifiers.ts';
import { type Shares, shares, ZERO_SHARES } from '../instruments/shares.ts';
import type { HoldingDelta } from '../ledger/balance.ts';
import { averagePrice, costOfSale } from '../money/average.ts';
import { type Cents, cents, ZERO_CENTS } from '../money/cents.ts';
import type { Fill } from '../orders/fill.ts';

/** What a client holds of one ISIN, whichever of its books it was bought in. */
export interface Position {
  readonly accountId: AccountId;
  readonly isin: string;
  /** The ISIN's main symbol. */
  readonly symbol: string;
  readonly freeQuantity: Shares;
  readonly blockedQuantity: Shares;
  /** Delivered at the depository; bought shares count from the settlement date on, sold ones until then. */
  readonly settledQuantity: Shares;
  /** What the shares held were bought for, fees left out. */
  readonly priceCostCents: Cents;
  /** The same with fees: the basis of taxes. */
  readonly totalCostCents: Cents;
}

export function emptyPosition(accountId: AccountId, isin: string, symbol: string): Position {
  const nothing = { freeQuantity: ZERO_SHARES, blockedQuantity: ZERO_SHARES, settledQuantity: ZERO_SHARES };
  return { accountId, isin, symbol, ...nothing, priceCostCents: ZERO_CENTS, totalCostCents: ZERO_CENTS };
}

export function heldQuantity({
  freeQuantity,
  blockedQuantity,
}: Pick<Position, 'freeQuantity' | 'blockedQuantity'>): Shares {
  return shares(freeQuantity + blockedQuantity);
}

/** Moves shares as entries say; costs stay. */
export function moveShares(position: Position, delta: HoldingDelta): Position {
  return {
    ...position,
    freeQuantity: shares(position.freeQuantity + delta.freeQuantity),
    blockedQuantity: shares(position.blockedQuantity + delta.blockedQuantity),
  };
}

/**
 * The position after a change of an order: its shares moved and the costs of its new fills booked, in their order.
 * A sale takes out floor(cost × sold / held), the last one all; so the store conditions on the position read.
 */
export function bookFills(position: Position, fills: readonly Fill[], delta: HoldingDelta): Position {
  const held = heldQuantity(position);
  const after = fills.reduce(bookCost, {
    quantity: held,
    price: position.priceCostCents,
    total: position.totalCostCents,
  });
  const moved = moveShares(position, delta);
  assert(
    after.quantity === heldQuantity(moved),
    `fills leave ${after.quantity} shares, entries ${heldQuantity(moved)}`,
  );
  return { ...moved, priceCostCents: after.price, totalCostCents: after.total };
}

interface Cost {
  readonly quantity: Shares;
  readonly price: Cents;
  readonly total: Cents;
}

function bookCost({ quantity, price, total }: Cost, fill: Fill): Cost {
  if (fill.side === 'BUY') {
    return {
      quantity: shares(quantity + fill.quantity),
      price: cents(price + fill.grossCents),
      total: cents(total + fill.netCents),
    };
  }
  const left = shares(quantity - fill.quantity);
  const covered = Math.min(fill.quantity, Math.max(quantity, 0)); // an oversale is booked, at no cost
  if (covered === 0) return { quantity: left, price, total };
  return {
    quantity: left,
    price: cents(price - costOfSale(price, covered, quantity)),
    total: cents(total - costOfSale(total, covered, quantity)),
  };
}

/** Shares that a client brings in, with what they once cost it. */
export function bringIntoCustody(position: Position, quantity: Shares, costCents: Cents): Position {
  return {
    ...position,
    freeQuantity: shares(position.freeQuantity + quantity),
    settledQuantity: shares(position.settledQuantity + quantity),
    priceCostCents: cents(position.priceCostCents + costCents),
    totalCostCents: cents(position.totalCostCents + costCents),
  };
}

/** The depository has delivered, or taken, a settled fill's shares. */
export function settleShares(position: Position, fill: Pick<Fill, 'side' | 'quantity'>): Position {
  const change = fill.side === 'BUY' ? fill.quantity : -fill.quantity;
  return { ...position, settledQuantity: shares(position.settledQuantity + change) };
}

/** Average price paid ("30.0060"), fees left out; null without shares. */
export function positionAveragePrice(position: Position): string | null {
  return heldQuantity(position) > 0 ? averagePrice(position.priceCostCents, heldQuantity(position)) : null;
}

/** Average cost with fees: the tax basis; null without shares. */
export function positionAverageCost(position: Position): string | null {
  return heldQuantity(position) > 0 ? averagePrice(position.totalCostCents, heldQuantity(position)) : null;
}

/** Market value less what was paid, at a last price. */
export function unrealizedPnl(position: Position, lastPrice: Cents): Cents {
  return cents(heldQuantity(position) * lastPrice - position.priceCostCents);
}
