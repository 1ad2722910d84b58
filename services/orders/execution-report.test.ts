import type { ExecutionReport } from '@brokerage/contracts/exchange';
import { describe, expect, it } from 'vitest';
import { fromWire, orderOf } from './execution-report.ts';

function aReport(fields: Partial<ExecutionReport>): ExecutionReport {
  return {
    ...{ seq: 7, execId: '12', execType: 'NEW', ordStatus: 'NEW', firstClOrdId: 'ORD-1', clOrdId: 'ORD-1' },
    ...{ origClOrdId: null, account: 'ana', symbol: 'PETR4', side: 'BUY', ordType: 'MARKET', timeInForce: 'DAY' },
    ...{ orderQty: 100, priceCents: null, stopPriceCents: null, lastQty: null, lastPxCents: null, aggressor: null },
    ...{
      cumQty: 0,
      leavesQty: 100,
      rejectReason: null,
      cancelReason: null,
      tradeDate: '2026-11-24',
      transactTimeMs: 1,
    },
    ...fields,
  };
}

describe('a report of the exchange', () => {
  it.each<[Partial<ExecutionReport>, object]>([
    [
      { execType: 'NEW', priceCents: 3025 },
      { execType: 'NEW', priceCents: null },
    ],
    [
      { execType: 'RESTATED', priceCents: 3001 },
      { execType: 'NEW', priceCents: 3001 },
    ],
    [
      { execType: 'TRADE', lastQty: 40, lastPxCents: 3001, cumQty: 40 },
      { execType: 'TRADE', lastQty: 40, cumQty: 40 },
    ],
    [
      { execType: 'CANCELED', cancelReason: 'REQUESTED' },
      { execType: 'CANCELED', reason: null },
    ],
    [
      { execType: 'CANCELED', cancelReason: 'SELF_TRADE' },
      { execType: 'CANCELED', reason: 'SELF_TRADE' },
    ],
    [{ execType: 'EXPIRED' }, { execType: 'EXPIRED', reason: null }],
    [
      { execType: 'REJECTED', rejectReason: 'INVALID_LOT' },
      { execType: 'REJECTED', reason: 'INVALID_LOT' },
    ],
    [
      { execType: 'REPLACED', clOrdId: 'ORD-1.2', origClOrdId: 'ORD-1' },
      { execType: 'REPLACED', clOrdId: 'ORD-1.2', origClOrdId: 'ORD-1' },
    ],
    [{ execType: 'TRIGGERED' }, { execType: 'TRIGGERED' }],
    [
      { execType: 'CANCEL_REJECTED', rejectReason: 'TOO_LATE' },
      { execType: 'CANCEL_REJECT', reason: 'TOO_LATE' },
    ],
    [
      { execType: 'REPLACE_REJECTED', rejectReason: 'TOO_LATE' },
      { execType: 'CANCEL_REJECT', reason: 'TOO_LATE' },
    ],
  ])('%o', (wire, expected) => {
    expect(fromWire(aReport(wire))).toMatchObject(expected);
  });

  it.each<[string, Partial<ExecutionReport>]>([
    ['a trade without quantity', { execType: 'TRADE' }],
    ['a replacement of nothing', { execType: 'REPLACED' }],
    ['a restatement without price', { execType: 'RESTATED' }],
  ])('that is %s breaks', (_what, wire) => {
    expect(() => fromWire(aReport(wire))).toThrow('report 7');
  });

  it('speaks of the order it entered as, whatever it is called now', () => {
    expect(orderOf(aReport({ clOrdId: 'ORD-1.C1' }))).toBe('ORD-1');
  });
});
