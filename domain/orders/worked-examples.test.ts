import { describe, expect, it } from 'vitest';
import { calendarDate } from '../calendar/instant.ts';
import { noteDifference, noteFees } from '../fees/daily-note.ts';
import { splitDayTrades } from '../fees/day-trade.ts';
import { totalFees } from '../fees/fee-amounts.ts';
import { feeRatesOn } from '../fees/fee-schedule.ts';
import { feeItems } from '../fees/fee-view.ts';
import { dayTradeTax, salesTax } from '../fees/income-tax.ts';
import { shares } from '../instruments/shares.ts';
import { addBalance, type Balance, balanceDeltaOf, buyingPower } from '../ledger/balance.ts';
import { noteCostEntry, noteTaxEntry } from '../ledger/house-entries.ts';
import { settlementEntry } from '../ledger/trade-entries.ts';
import { cents } from '../money/cents.ts';
import { formatCents } from '../money/decimal.ts';
import { formatRate } from '../money/rate.ts';
import {
  aBalance,
  aContext,
  anAcceptedOrder,
  aSentOrder,
  aTrade,
  brl,
  NOON,
  PETR4F,
  reserved,
} from '../testing/builders.ts';
import { applyExecutionReports } from './apply-execution-reports.ts';
import type { ExecutionReport } from './execution-report.ts';
import type { Order } from './order.ts';
import type { OrderChange } from './order-change.ts';
import { averageFillPrice } from './order-quantities.ts';

const ANA_HAS = aBalance('1000000.00');
const BRUNO_HAS = aBalance('50000.00');

function shown(balance: Balance) {
  const { availableCents, blockedCents, receivableCents, payableCents } = balance;
  return [availableCents, blockedCents, receivableCents, payableCents, buyingPower(balance)].map(formatCents);
}

function filled(order: Order, ...reports: ExecutionReport[]): OrderChange {
  const { change } = applyExecutionReports(order, reports, aContext());
  if (!change) throw new Error('nothing was booked');
  return change;
}

function settled(balance: Balance, change: OrderChange): Balance {
  return addBalance(balance, balanceDeltaOf(change.fills.map((fill) => settlementEntry(fill, NOON))));
}

describe('ana buys 100 PETR4, limit 30.25, filled at 30.01', () => {
  const block = reserved(anAcceptedOrder());
  const fill = filled(block.order, aTrade('X1', 100, '30.01'));
  const resting = addBalance(ANA_HAS, block.balanceDelta);
  const bought = addBalance(resting, fill.balanceDelta);

  it('blocks value and fees at the limit', () => {
    expect(shown(resting)).toEqual(['996974.11', '3025.89', '0.00', '0.00', '996974.11']);
    expect(block.guard).toEqual({ kind: 'BUYING_POWER', atLeastCents: brl('3025.89') });
  });

  it('gives the surplus back at the fill and sets the cost aside', () => {
    expect(shown(bought)).toEqual(['996998.11', '0.00', '0.00', '3001.89', '996998.11']);
    expect(fill.order.status).toBe('FILLED');
    expect(fill.fills[0]?.settlementDate).toBe('2026-11-26');
  });

  it('pays on D+2', () => {
    expect(shown(settled(bought, fill))).toEqual(['996998.11', '0.00', '0.00', '0.00', '996998.11']);
  });

  it('shows fees line by line', () => {
    const rates = feeRatesOn(fill.order.tradeDate, 'UP_TO_3M');
    const items = feeItems(fill.order.fees, brl('3001.00'), rates).map(({ name, rate, baseCents, amountCents }) => [
      name,
      formatRate(rate),
      formatCents(baseCents),
      formatCents(amountCents),
    ]);
    expect(items).toEqual([
      ['TRADING', '0.00005', '3001.00', '0.15'],
      ['CCP', '0.000224', '3001.00', '0.67'],
      ['TTA', '0.000026', '3001.00', '0.07'],
    ]);
  });
});

describe('other ways to the same purchase', () => {
  it('has no surplus at limit 30.01', () => {
    expect(aSentOrder({ limitPriceCents: brl('30.01') }).blockedCents).toBe(brl('3001.89'));
  });

  it('reserves 5 % above the ask for a market order, and ends with the same balances', () => {
    const block = reserved(anAcceptedOrder({ type: 'MARKET', limitPriceCents: null }));
    const fill = filled(block.order, aTrade('X1', 100, '30.01'));
    expect(block.order.reservePriceCents).toBe(brl('31.51'));
    expect(block.order.blockedCents).toBe(brl('3151.93'));
    const after = addBalance(addBalance(ANA_HAS, block.balanceDelta), fill.balanceDelta);
    expect(shown(after)).toEqual(['996998.11', '0.00', '0.00', '3001.89', '996998.11']);
  });

  it('charges two fills what their sum costs', () => {
    const block = reserved(anAcceptedOrder());
    const change = filled(block.order, aTrade('X1', 60, '30.01', 60), aTrade('X2', 40, '30.00', 100));
    expect(change.fills.map((fill) => totalFees(fill.fees))).toEqual([53, 36]);
    expect(change.fills.map((fill) => fill.netCents)).toEqual([brl('1801.13'), brl('1200.36')]);
    const after = addBalance(addBalance(ANA_HAS, block.balanceDelta), change.balanceDelta);
    expect(shown(after)).toEqual(['996998.51', '0.00', '0.00', '3001.49', '996998.51']);
    expect(averageFillPrice(change.order)).toBe('30.0060');
  });

  it('charges nothing for one fractional share', () => {
    const order = aSentOrder({ quantity: shares(1), limitPriceCents: brl('30.01') }, { instrument: PETR4F });
    expect(totalFees(filled(order, aTrade('X1', 1, '30.01')).order.fees)).toBe(0);
  });

  it('keeps 5 % above the stop for a stop order', () => {
    const stop = { type: 'STOP', limitPriceCents: null, stopPriceCents: brl('30.50') } as const;
    expect(aSentOrder(stop).reservePriceCents).toBe(brl('32.02'));
  });
});

describe('bruno sells 100 PETR4 at 29.99', () => {
  const sale = aSentOrder({ side: 'SELL', limitPriceCents: brl('29.99') });
  const fill = filled(sale, aTrade('X1', 100, '29.99'));
  const after = addBalance(BRUNO_HAS, fill.balanceDelta);

  it('blocks shares only, then owes the client the net', () => {
    expect([sale.blockedCents, sale.blockedQuantity]).toEqual([0, 100]);
    expect(fill.order.fees).toMatchObject({ TRADING: 14, CCP: 67, TTA: 7 });
    expect(shown(after)).toEqual(['50000.00', '0.00', '2998.12', '0.00', '52998.12']);
  });

  it('withholds no tax up to R$ 1.00 a month, then all of it', () => {
    expect(salesTax(cents(0), brl('2999.00'))).toBe(0);
    expect(salesTax(brl('19000.00'), brl('2999.00'))).toBe(brl('1.09'));
    expect(salesTax(brl('30000.00'), brl('10000.00'))).toBe(brl('0.50'));
  });

  it('receives on D+2', () => {
    expect(shown(settled(after, fill))).toEqual(['52998.12', '0.00', '0.00', '0.00', '52998.12']);
  });
});

describe('day trade: 100 bought at 30.01 and sold at 30.10', () => {
  const bought = filled(aSentOrder(), aTrade('X1', 100, '30.01'));
  const sold = filled(aSentOrder({ side: 'SELL', limitPriceCents: brl('30.10') }), aTrade('X2', 100, '30.10'));
  const fills = [...bought.fills, ...sold.fills];
  const buckets = splitDayTrades(fills);
  const date = calendarDate('2026-11-24');
  const note = noteFees(buckets, date, 'UP_TO_3M');
  const difference = noteDifference(note, fills);

  it('costs day-trade rates on the note', () => {
    expect(buckets).toMatchObject({ dayTradeGrossCents: brl('6011.00'), normalGrossCents: 0, normalSalesCents: 0 });
    expect(note).toMatchObject({ TRADING: 30, CCP: 108, TTA: 0 });
    expect(totalFees(difference)).toBe(brl('-0.40'));
  });

  it('nets to result less costs less tax', () => {
    const tax = dayTradeTax(buckets.dayTradeResultCents);
    const heading = {
      accountId: sold.order.accountId,
      tradeDate: date,
      settlementDate: calendarDate('2026-11-26'),
      atMs: NOON,
    };
    const entries = [
      noteCostEntry({ ...heading, receivableCents: sold.balanceDelta.receivableCents, difference }),
      noteTaxEntry({ ...heading, taxCents: tax }),
    ];
    const day = [bought.balanceDelta, sold.balanceDelta, balanceDeltaOf(entries)].reduce(addBalance);
    expect(tax).toBe(brl('0.09'));
    expect(formatCents(day.receivableCents)).toBe('3009.42');
    expect(formatCents(day.payableCents)).toBe('3001.89');
    expect(formatCents(cents(day.receivableCents - day.payableCents))).toBe('7.53');
  });
});
