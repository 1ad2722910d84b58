import { expect, it } from 'vitest';
import { shares } from '../instruments/shares.ts';
import { applyExecutionReports } from '../orders/apply-execution-reports.ts';
import type { OrderChange } from '../orders/order-change.ts';
import { ANA, aContext, anAcceptedOrder, aTrade, brl, PETR4, reserved } from '../testing/builders.ts';
import {
  bookFills,
  bringIntoCustody,
  emptyPosition,
  moveShares,
  positionAverageCost,
  positionAveragePrice,
  settleShares,
  unrealizedPnl,
} from './position.ts';
import { undoFill } from './undo-fill.ts';

const NOTHING = emptyPosition(ANA, PETR4.isin, 'PETR4');
const SEEDED = bringIntoCustody(NOTHING, shares(1000), brl('30000.00'));

function traded(side: 'BUY' | 'SELL', price: string): { block: OrderChange; trade: OrderChange } {
  const block = reserved(anAcceptedOrder({ side, limitPriceCents: brl(price) }));
  const trade = applyExecutionReports(block.order, [aTrade('X1', 100, price)], aContext()).change;
  if (!trade) throw new Error('nothing was traded');
  return { block, trade };
}

it('averages price and cost apart', () => {
  const { trade } = traded('BUY', '30.01');
  const held = bookFills(NOTHING, trade.fills, trade.holdingDelta);
  expect(held).toMatchObject({ freeQuantity: 100, settledQuantity: 0 });
  expect([positionAveragePrice(held), positionAverageCost(held)]).toEqual(['30.0100', '30.0189']);
  expect(unrealizedPnl(held, brl('31.00'))).toBe(brl('99.00'));
});

it('keeps the average when it sells', () => {
  const { block, trade } = traded('SELL', '29.99');
  const offered = moveShares(SEEDED, block.holdingDelta);
  expect(offered).toMatchObject({ freeQuantity: 900, blockedQuantity: 100 });
  const sold = bookFills(offered, trade.fills, trade.holdingDelta);
  expect(sold).toMatchObject({
    freeQuantity: 900,
    blockedQuantity: 0,
    settledQuantity: 1000,
    priceCostCents: brl('27000.00'),
  });
  expect(positionAveragePrice(sold)).toBe('30.0000');
  expect(settleShares(sold, { side: 'SELL', quantity: shares(100) }).settledQuantity).toBe(900);
});

it('has no average without shares', () => {
  expect([positionAveragePrice(NOTHING), positionAverageCost(NOTHING)]).toEqual([null, null]);
});

it('breaks when fills and entries disagree', () => {
  const { trade } = traded('BUY', '30.01');
  expect(() => bookFills(NOTHING, [], trade.holdingDelta)).toThrow('fills leave 0 shares, entries 100');
});

it('forgets a busted purchase, and takes a busted sale back at the average', () => {
  const bought = traded('BUY', '31.00').trade;
  const dearer = bookFills(SEEDED, bought.fills, bought.holdingDelta);
  const [fill] = bought.fills;
  if (!fill) throw new Error('nothing was bought');
  const back = { freeQuantity: shares(-100), blockedQuantity: shares(0) };
  expect(undoFill(dearer, fill, back)).toEqual(SEEDED);
  const sale = { ...fill, side: 'SELL' } as const;
  const regained = undoFill(SEEDED, sale, { freeQuantity: shares(100), blockedQuantity: shares(0) });
  expect([regained.freeQuantity, regained.priceCostCents]).toEqual([1100, brl('33000.00')]);
});
