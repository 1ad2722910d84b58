import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../recorded-day.ts';
import { aDay, anEvent, aTradeBetween } from '../testing/sample-day.ts';
import { planDay } from './day-plan.ts';
import { fundingOf } from './funding.ts';
import { openingPrices } from './opening-prices.ts';

const planOf = (...events: readonly RecordedEvent[]) => planDay({ sessionDate: '2024-03-04', events });
const actionsOf = (plan: ReturnType<typeof planDay>) => plan.lanes.get('TEST4F')?.map(({ action }) => action);

describe('planDay', () => {
  it('turns New, Update and Cancel into requests, and keeps Trades as the reference', () => {
    const sale = anEvent({ side: 'SELL', quantity: 20 });
    const amended = anEvent({ side: 'SELL', kind: 'UPDATE', sequence: 502, priceCents: 785, quantity: 30 });
    const bought = anEvent({ orderNumber: '2001', sequence: 503, priceCents: 790 });
    const trade = aTradeBetween({ priceCents: 785, quantity: 30 }, { priceCents: 790 });
    const cancel = anEvent({ side: 'SELL', kind: 'CANCEL', sequence: 603, quantity: 30, filledQuantity: 10 });
    const plan = planOf(sale, amended, bought, ...trade, cancel);
    expect(actionsOf(plan)).toEqual([
      { kind: 'PLACE', entry: 'NEW', quantity: 20, priceCents: 780 },
      { kind: 'AMEND', quantity: 30, priceCents: 785 },
      { kind: 'PLACE', entry: 'NEW', quantity: 10, priceCents: 790 },
      { kind: 'CANCEL' },
    ]);
    expect(plan.unsent).toEqual({ TRADE: 2, REPEATED_NEW: 0, NO_PRICE_KNOWN: 0 });
    expect(plan.trades).toMatchObject([{ buyOrder: '2001', sellOrder: '1001', quantity: 10, priceCents: 785 }]);
    expect(plan.orders.get('1001')).toMatchObject({ recordedQuantity: 10, investor: '3-seller' });
    expect(plan.orders.get('2001')).toMatchObject({ recordedQuantity: 10, investor: '3-buyer' });
  });

  it('sends an order with price 0 as a market order', () => {
    const plan = planDay(aDay({ priceCents: 0 }));
    expect(actionsOf(plan)).toEqual([{ kind: 'PLACE', entry: 'NEW', quantity: 10, priceCents: null }]);
    expect(plan.orders.get('1001')?.isMarket).toBe(true);
  });

  it('enters an order with two News by the second', () => {
    const plan = planDay(aDay({ priceCents: 0 }, { orderNumber: '1002' }, { priceCents: 0 }));
    expect(plan.lanes.get('TEST4F')?.map(({ orderNumber, timeMs }) => [orderNumber, timeMs])).toEqual([
      ['1002', 36_001_000],
      ['1001', 36_002_000],
    ]);
    expect(plan.orders.get('1001')?.entry).toBe('AT_CLOSING_CALL');
    expect(plan.unsent.REPEATED_NEW).toBe(1);
  });

  it('enters an order without New by its first Update, without what was filled before', () => {
    const update = { kind: 'UPDATE', filledQuantity: 4 } as const;
    const plan = planDay(aDay(update, { ...update, quantity: 12, priceCents: 781 }));
    expect(actionsOf(plan)).toEqual([
      { kind: 'PLACE', entry: 'FIRST_UPDATE', quantity: 6, priceCents: 780 },
      { kind: 'AMEND', quantity: 8, priceCents: 781 },
    ]);
    expect(plan.orders.get('1001')?.recordedQuantity).toBe(0);
  });

  it('puts an order that begins with a Cancel or a Trade into the opening book, the older number first', () => {
    const traded = aTradeBetween({ orderNumber: '900', quantity: 50, filledQuantity: 45 }, { filledQuantity: 10 });
    const bought = anEvent({ orderNumber: '2001', sequence: 550 });
    const canceled = anEvent({ orderNumber: '800', kind: 'CANCEL', sequence: 540, priceCents: 700 });
    const plan = planOf(canceled, bought, ...traded);
    expect(plan.lanes.get('TEST4F')?.map(({ orderNumber, action }) => [orderNumber, action])).toEqual([
      ['800', { kind: 'PLACE', entry: 'OPENING_BOOK', quantity: 10, priceCents: 700 }],
      ['900', { kind: 'PLACE', entry: 'OPENING_BOOK', quantity: 15, priceCents: 780 }],
      ['800', { kind: 'CANCEL' }],
      ['2001', { kind: 'PLACE', entry: 'NEW', quantity: 10, priceCents: 780 }],
    ]);
    expect(plan.orders.get('900')?.recordedQuantity).toBe(10);
  });

  it('leaves out an order whose price no event tells', () => {
    const plan = planOf(...aTradeBetween({ priceCents: 0 }, { priceCents: 0 }));
    expect([plan.orders.size, plan.lanes.size, plan.unsent.TRADE]).toEqual([0, 0, 2]);
  });

  it('plans the first events only when asked', () => {
    const plan = planDay(aDay({}, { orderNumber: '1002' }, { orderNumber: '1003' }), 2);
    expect([...plan.orders.keys()]).toEqual(['1001', '1002']);
  });

  it('has a lane for each instrument', () => {
    const plan = planDay(aDay({}, { symbol: 'TEST3F', orderNumber: '1002' }));
    expect([...plan.lanes].map(([symbol, steps]) => [symbol, steps.length])).toEqual([
      ['TEST4F', 1],
      ['TEST3F', 1],
    ]);
  });
});

describe('what a plan needs', () => {
  it('is money for its largest purchases at twice the highest price, and all shares that it may sell', () => {
    const plan = planDay(
      aDay(
        { priceCents: 0 },
        { orderNumber: '1002', side: 'SELL', priceCents: 800 },
        { orderNumber: '1002', side: 'SELL', kind: 'UPDATE', quantity: 25, priceCents: 750 },
        { orderNumber: '1003', side: 'SELL', member: '4', quantity: 7 },
      ),
    );
    expect(fundingOf(plan)).toEqual([
      { investor: '3-buyer', cashCents: 10 * 800 * 2, shares: new Map() },
      { investor: '3-seller', cashCents: 0, shares: new Map([['TEST4F', 25]]) },
      { investor: '4-seller', cashCents: 0, shares: new Map([['TEST4F', 7]]) },
    ]);
  });

  it('is the price of the first trade, or of the first order with a price', () => {
    const bought = anEvent({ orderNumber: '2001', priceCents: 790 });
    const other = anEvent({ orderNumber: '3001', symbol: 'TEST3F', priceCents: 0 });
    const third = anEvent({ orderNumber: '3002', symbol: 'TEST3F', priceCents: 650, sequence: 502 });
    const plan = planOf(bought, ...aTradeBetween({ priceCents: 788 }, {}), other, third);
    expect(openingPrices(plan)).toEqual(
      new Map([
        ['TEST4F', 788],
        ['TEST3F', 650],
      ]),
    );
  });
});
