import { describe, expect, it } from 'vitest';
import { planDay } from '../plan/day-plan.ts';
import type { RecordedEvent } from '../recorded-day.ts';
import { anEvent, aTradeBetween } from '../testing/sample-day.ts';
import { aFill, anOrderView } from '../testing/sample-orders.ts';
import { compareTrades } from './compare-trades.ts';
import { type ReplayedTrade, replayedTrades } from './replayed-trades.ts';

const SALE = anEvent({ side: 'SELL' });
const PURCHASE = anEvent({ orderNumber: '2001', sequence: 502 });
const TRADE = aTradeBetween({}, {});
const REPLAYED: ReplayedTrade = {
  symbol: 'TEST4F',
  buyOrder: '2001',
  sellOrder: '1001',
  quantity: 10,
  priceCents: 780,
};
const OPEN = new Map(['1001', '2001'].map((orderNumber) => [orderNumber, anOrderView()]));

function classesOf(events: readonly RecordedEvent[], replayed: readonly ReplayedTrade[], finalOrders = OPEN) {
  const plan = planDay({ sessionDate: '2024-03-04', events });
  return Object.fromEntries(compareTrades(plan, replayed, finalOrders));
}

describe('compareTrades', () => {
  const events = [SALE, PURCHASE, ...TRADE];

  it.each([
    ['SAME', {}],
    ['OTHER_PRICE', { priceCents: 781 }],
    ['OTHER_QUANTITY', { quantity: 9 }],
    ['OTHER_BOTH', { quantity: 9, priceCents: 781 }],
  ])('knows a trade by its two orders: %s', (expected, change) => {
    expect(classesOf(events, [{ ...REPLAYED, ...change }])).toEqual({ [expected]: 1 });
  });

  it('says of a missing trade whether one of its orders was refused or is a market order', () => {
    expect(classesOf(events, [])).toEqual({ MISSING: 1 });
    const rejected = new Map([...OPEN, ['1001', anOrderView({ status: 'REJECTED' })] as const]);
    expect(classesOf(events, [], rejected)).toEqual({ MISSING_NO_ORDER: 1 });
    expect(classesOf(events, [], new Map())).toEqual({ MISSING_NO_ORDER: 1 });
    const market = [SALE, { ...PURCHASE, priceCents: 0 }, ...aTradeBetween({}, { priceCents: 0 })];
    expect(classesOf(market, [])).toEqual({ MISSING_MARKET: 1 });
  });

  it('says of an extra trade whether it is of the closing call or of a market order', () => {
    expect(classesOf([SALE, PURCHASE], [REPLAYED])).toEqual({ EXTRA: 1 });
    expect(classesOf([SALE, { ...PURCHASE, priceCents: 0 }], [REPLAYED])).toEqual({ EXTRA_MARKET: 1 });
    const again = { ...PURCHASE, sequence: 503, timeMs: PURCHASE.timeMs + 1 };
    expect(classesOf([SALE, PURCHASE, again], [REPLAYED])).toEqual({ EXTRA_CLOSING_CALL: 1 });
  });

  it('pairs several trades of two orders by what they have in common', () => {
    const halves = [
      ...aTradeBetween({ filledQuantity: 4 }, { filledQuantity: 4 }),
      ...aTradeBetween({ sequence: 603 }, { sequence: 604 }),
    ];
    const replayed = [
      { ...REPLAYED, quantity: 6 },
      { ...REPLAYED, quantity: 4, priceCents: 781 },
      { ...REPLAYED, quantity: 1 },
    ];
    expect(classesOf([SALE, PURCHASE, ...halves], replayed)).toEqual({ SAME: 1, OTHER_PRICE: 1, EXTRA: 1 });
  });
});

describe('replayedTrades', () => {
  it('joins the two fills of an execution, within an instrument', () => {
    const orders = new Map([
      ['1001', anOrderView({ side: 'SELL', fills: [aFill('X1', 10, '7.80')] })],
      ['3001', anOrderView({ symbol: 'TEST3F', fills: [aFill('X1', 10, '5.00')] })],
      ['2001', anOrderView({ fills: [aFill('X1', 10, '7.80')] })],
    ]);
    expect(replayedTrades(orders)).toEqual([REPLAYED]);
  });
});
