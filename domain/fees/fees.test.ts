import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDate, epochMs } from '../calendar/instant.ts';
import { executionId } from '../identifiers.ts';
import { shares } from '../instruments/shares.ts';
import { cents, sumCents } from '../money/cents.ts';
import { percentRate } from '../money/rate.ts';
import { applyExecutionReports } from '../orders/apply-execution-reports.ts';
import type { Fill } from '../orders/fill.ts';
import { aContext, aSentOrder, aTrade, brl, NOON } from '../testing/builders.ts';
import { splitDayTrades } from './day-trade.ts';
import { totalFees } from './fee-amounts.ts';
import { feeRatesOn } from './fee-schedule.ts';
import { feeItems } from './fee-view.ts';
import { feeIncrement, feesOn } from './order-fees.ts';

const TODAY = calendarDate('2026-11-24');
const RATES = feeRatesOn(TODAY, 'UP_TO_3M');

describe('fees of an order', () => {
  it('come to the fee on the sum, however it was cut into fills', () => {
    const property = fc.property(fc.array(fc.nat({ max: 1e8 }), { maxLength: 20 }), (values) => {
      let already = cents(0);
      const charged = values.map((value) => {
        const increment = totalFees(feeIncrement(already, cents(value), RATES));
        already = cents(already + value);
        return cents(increment);
      });
      expect(sumCents(charged)).toBe(totalFees(feesOn(already, RATES)));
      expect(charged.every((increment) => increment >= 0)).toBe(true);
    });
    fc.assert(property);
  });

  it('follow the dated table and the band', () => {
    const value = brl('1000000.00');
    const totals = [
      feeRatesOn(calendarDate('2025-07-31'), 'UP_TO_3M'),
      feeRatesOn(calendarDate('2025-08-01'), 'UP_TO_3M'),
      feeRatesOn(TODAY, 'ABOVE_3M'),
    ].map((rates) => totalFees(feesOn(value, rates)));
    expect(totals).toEqual([brl('300.00'), brl('300.00'), brl('225.00')]);
    expect(() => feeRatesOn(calendarDate('2021-01-31'), 'UP_TO_3M')).toThrow('no fees are known');
  });

  it('show ISS on the brokerage', () => {
    const rates = { ...RATES, BROKERAGE: percentRate('0.5') };
    const items = feeItems(feesOn(brl('1000.00'), rates), brl('1000.00'), rates);
    expect(items.map((item) => item.name)).toEqual(['TRADING', 'CCP', 'TTA', 'BROKERAGE', 'ISS']);
    expect(items.at(-1)).toMatchObject({ baseCents: brl('5.00'), amountCents: brl('0.25') });
  });
});

describe('day trade', () => {
  const [model] = applyExecutionReports(aSentOrder(), [aTrade('X1', 100, '30.00')], aContext()).change?.fills ?? [];
  if (!model) throw new Error('nothing was filled');

  function aFill(side: 'BUY' | 'SELL', quantity: number, price: string, minute: number): Fill {
    const priceCents = brl(price);
    const terms = { side, quantity: shares(quantity), priceCents, grossCents: cents(quantity * priceCents) };
    return {
      ...model,
      ...terms,
      executionId: executionId(`X${minute}`),
      transactTimeMs: epochMs(NOON + minute),
    } as Fill;
  }

  it('matches the first purchases with the first sales, as many as both', () => {
    const fills = [aFill('BUY', 100, '31.00', 2), aFill('BUY', 100, '30.00', 1), aFill('SELL', 150, '32.00', 3)];
    expect(splitDayTrades(fills)).toEqual({
      normalGrossCents: brl('1550.00'),
      normalSalesCents: 0,
      dayTradeGrossCents: brl('9350.00'),
      dayTradeResultCents: brl('250.00'),
    });
  });

  it('never crosses two shares', () => {
    const other = { ...aFill('SELL', 100, '60.00', 2), isin: 'BRVALEACNOR0' };
    expect(splitDayTrades([aFill('BUY', 100, '30.00', 1), other])).toMatchObject({
      dayTradeGrossCents: 0,
      normalSalesCents: brl('6000.00'),
    });
  });
});
