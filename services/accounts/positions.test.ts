import { addDays, calendarDate } from '@brokerage/domain/calendar/instant';
import { shares } from '@brokerage/domain/instruments/shares';
import { cents } from '@brokerage/domain/money/cents';
import { emptyPosition, type Position } from '@brokerage/domain/positions/position';
import { describe, expect, it } from 'vitest';
import { FIRST_FEE_DATE, feeRatesView } from './fee-rates-view.ts';
import { listPositions } from './list-positions.ts';
import { ANA, NOON } from './testing/builders.ts';

const petr4: Position = {
  ...emptyPosition(ANA, 'BRPETRACNPR6', 'PETR4'),
  freeQuantity: shares(900),
  blockedQuantity: shares(100),
  settledQuantity: shares(1000),
  priceCostCents: cents(3_000_000),
  totalCostCents: cents(3_000_900),
};
const gone = emptyPosition(ANA, 'BRBBASACNOR3', 'BBAS3');
const vale3 = { ...petr4, isin: 'BRVALEACNOR0', symbol: 'VALE3' };

const accounts = {
  positions: async () => [vale3, petr4, gone],
  client: async () => null,
  balance: async () => null as never,
};
const snapshot = { lastCents: cents(3_010), previousCloseCents: null, bidCents: null, askCents: null, atMs: NOON };
const marketData = { snapshot: async (symbol: string) => (symbol === 'PETR4' ? snapshot : null) };

describe('listPositions', () => {
  it('values what the exchange has a price for, and says null of the rest', async () => {
    const { items } = await listPositions(ANA, accounts, marketData);
    expect(items.map(({ symbol }) => symbol)).toEqual(['PETR4', 'VALE3']);
    expect(items[0]).toMatchObject({
      quantity: 1000,
      blockedQuantity: 100,
      averagePrice: '30.0000',
      averageCost: '30.0090',
      lastPrice: '30.10',
      marketValue: '30100.00',
      unrealizedPnl: '100.00',
    });
    expect(items[1]).toMatchObject({ lastPrice: null, marketValue: null, unrealizedPnl: null });
  });
});

describe('feeRatesView', () => {
  it('shows the rates of the date', () => {
    const { normal, dayTrade } = feeRatesView(calendarDate('2026-11-24'), 'UP_TO_3M');
    expect(normal.slice(0, 3)).toEqual([
      { name: 'TRADING', rate: '0.00005' },
      { name: 'CCP', rate: '0.000224' },
      { name: 'TTA', rate: '0.000026' },
    ]);
    expect(dayTrade[2]).toEqual({ name: 'TTA', rate: '0' });
  });

  it('begins with the first date of the domain', () => {
    const first = calendarDate(FIRST_FEE_DATE);
    expect(feeRatesView(first, 'UP_TO_3M').date).toBe(FIRST_FEE_DATE);
    expect(() => feeRatesView(addDays(first, -1), 'UP_TO_3M')).toThrow();
  });
});
