import type { PositionView } from '@brokerage/contracts/rest/accounts';
import type { Cents } from '@brokerage/domain/money/cents';
import { cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';
import {
  heldQuantity,
  type Position,
  positionAverageCost,
  positionAveragePrice,
  unrealizedPnl,
} from '@brokerage/domain/positions/position';

/** `lastPrice` null: the exchange has not said it, and then nothing that follows from it is known either. */
export function positionView(position: Position, lastPrice: Cents | null): PositionView {
  const quantity = heldQuantity(position);
  return {
    symbol: position.symbol,
    isin: position.isin,
    quantity,
    blockedQuantity: position.blockedQuantity,
    settledQuantity: position.settledQuantity,
    averagePrice: positionAveragePrice(position),
    averageCost: positionAverageCost(position),
    lastPrice: lastPrice === null ? null : formatCents(lastPrice),
    marketValue: lastPrice === null ? null : formatCents(cents(quantity * lastPrice)),
    unrealizedPnl: lastPrice === null ? null : formatCents(unrealizedPnl(position, lastPrice)),
  };
}

/** Positions that are gone for good stay in the table, but not on the list. */
export function isShown(position: Position): boolean {
  return heldQuantity(position) !== 0 || position.settledQuantity !== 0;
}
