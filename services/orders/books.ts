import { mainSymbolOf } from '@brokerage/domain/instruments/symbol';
import type { Guard, OrderChange } from '@brokerage/domain/orders/order-change';
import { bookFills, emptyPosition, type Position } from '@brokerage/domain/positions/position';
import { addToBalance, positionItem } from '../platform/account-item.ts';
import type { TransactAction } from '../platform/transaction.ts';

/** Adds what a change moves to the client's balance; null when it moves no money. */
export function balanceAction(table: string, change: OrderChange): TransactAction | null {
  const { balanceDelta, order, guard } = change;
  const isMoved = Object.values(balanceDelta).some((amount) => amount !== 0);
  if (guard?.kind !== 'BUYING_POWER') return isMoved ? addToBalance(table, order.accountId, balanceDelta) : null;
  const enough = { expression: 'buyingPowerCents >= :needed', values: { ':needed': guard.atLeastCents } };
  return addToBalance(table, order.accountId, balanceDelta, enough);
}

/** Whether a change takes shares out at their cost, which only the position as it stands can tell. */
export function needsPosition(change: OrderChange): boolean {
  return change.order.side === 'SELL' && change.fills.length > 0;
}

/**
 * Adds what a change moves to the client's position of the ISIN; null when it moves nothing. Purchases only add to the
 * costs. A sale takes out a part of them, so it is conditional on the costs that it was computed from: `position`.
 */
export function positionAction(table: string, change: OrderChange, position: Position | null): TransactAction | null {
  const { order, holdingDelta, fills } = change;
  if (holdingDelta.freeQuantity === 0 && holdingDelta.blockedQuantity === 0 && fills.length === 0) return null;
  const symbol = mainSymbolOf(order.symbol);
  const before = position ?? emptyPosition(order.accountId, order.isin, symbol);
  const after = bookFills(before, fills, holdingDelta);
  return {
    kind: 'UPDATE',
    table,
    key: { accountId: order.accountId, item: positionItem(order.isin) },
    update: {
      expression:
        'SET isin = :isin, symbol = :symbol, settledQuantity = if_not_exists(settledQuantity, :none) ' +
        'ADD freeQuantity :free, blockedQuantity :blocked, priceCostCents :price, totalCostCents :total',
      values: {
        ':isin': order.isin,
        ':symbol': symbol,
        ':none': 0,
        ':free': holdingDelta.freeQuantity,
        ':blocked': holdingDelta.blockedQuantity,
        ':price': after.priceCostCents - before.priceCostCents,
        ':total': after.totalCostCents - before.totalCostCents,
      },
    },
    ...positionCondition(change.guard, needsPosition(change) ? position : null),
  };
}

function positionCondition(guard: Guard | null, costsOf: Position | null) {
  if (guard?.kind === 'FREE_SHARES') {
    const needed = { ':needed': guard.atLeastQuantity };
    return { condition: { expression: 'freeQuantity >= :needed', values: needed } };
  }
  if (costsOf === null) return {};
  const values = { ':priceBefore': costsOf.priceCostCents, ':totalBefore': costsOf.totalCostCents };
  return { condition: { expression: 'priceCostCents = :priceBefore AND totalCostCents = :totalBefore', values } };
}
