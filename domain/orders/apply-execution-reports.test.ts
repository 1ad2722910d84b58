import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, epochMs } from '../calendar/instant.ts';
import { shares } from '../instruments/shares.ts';
import { cents } from '../money/cents.ts';
import {
  aContext,
  aHeader,
  anAcceptedOrder,
  aSentOrder,
  aTrade,
  brl,
  NOON,
  someFacts,
  taken,
} from '../testing/builders.ts';
import { applyExecutionReports, MAX_FILLS_A_CHANGE } from './apply-execution-reports.ts';
import type { ExecutionReport } from './execution-report.ts';
import type { Order } from './order.ts';
import type { OrderChange } from './order-change.ts';
import { leavesQuantity, missingQuantity } from './order-quantities.ts';
import { requestReplace } from './request-replace.ts';

const NEW: ExecutionReport = { ...aHeader('N1', 0), execType: 'NEW', priceCents: null };

function heard(order: Order, ...reports: ExecutionReport[]): Order {
  return applyExecutionReports(order, reports, aContext()).change?.order ?? order;
}

function change(order: Order, ...reports: ExecutionReport[]): OrderChange {
  const applied = applyExecutionReports(order, reports, aContext());
  if (!applied.change) throw new Error('nothing changed');
  return applied.change;
}

function ended(
  execType: 'CANCELED' | 'EXPIRED' | 'REJECTED',
  cumulative: number,
  reason: string | null = null,
): ExecutionReport {
  return { ...aHeader('E1', cumulative), execType, reason };
}

describe('reports that come early, twice or late', () => {
  it('changes nothing when it has heard all before', () => {
    const order = heard(aSentOrder(), NEW, aTrade('X1', 40, '30.01'));
    expect(applyExecutionReports(order, [NEW, aTrade('X1', 40, '30.01')], aContext()).change).toBeNull();
  });

  it('takes a fill before the acknowledgement', () => {
    expect(heard(aSentOrder(), aTrade('X1', 40, '30.01')).status).toBe('PARTIALLY_FILLED');
  });

  it('awaits the fills that an end announces, freeing only what can no longer be filled', () => {
    const order = aSentOrder({ quantity: shares(300), limitPriceCents: brl('30.00') });
    const waiting = change(order, NEW, ended('EXPIRED', 100));
    expect(waiting.order.status).toBe('NEW');
    expect(missingQuantity(waiting.order)).toBe(100);
    expect(waiting.order.blockedCents).toBe(brl('3000.89'));
    const over = change(waiting.order, aTrade('X1', 100, '30.00', 100));
    expect([over.order.status, over.order.blockedCents, leavesQuantity(over.order)]).toEqual(['EXPIRED', 0, 0]);
  });

  it('books a fill even after the end, and says what nobody had set aside for it', () => {
    const late = change(heard(aSentOrder(), ended('CANCELED', 0)), aTrade('X1', 100, '30.01'));
    expect(late.order.status).toBe('CANCELED');
    expect(late.order.filledQuantity).toBe(100);
    expect(late.uncoveredCents).toBe(brl('3001.89'));
    expect(late.balanceDelta.availableCents).toBe(brl('-3001.89'));
  });

  it('refuses to hear of an order never sent', () => {
    expect(() => heard(anAcceptedOrder(), NEW)).toThrow('never sent');
  });
});

describe('a change', () => {
  it(`books ${MAX_FILLS_A_CHANGE} fills at most and leaves the rest`, () => {
    const order = aSentOrder({ quantity: shares(2500) });
    const trades = Array.from({ length: 25 }, (_, index) => aTrade(`X${index}`, 100, '30.01', (index + 1) * 100));
    const first = applyExecutionReports(order, [NEW, ...trades], aContext());
    expect(first.change?.fills).toHaveLength(MAX_FILLS_A_CHANGE);
    expect(first.rest).toEqual(trades.slice(MAX_FILLS_A_CHANGE));
    expect(heard(first.change?.order ?? order, ...first.rest).status).toBe('FILLED');
  });

  it('shows what changed, and what it was', () => {
    const { event } = change(aSentOrder(), NEW);
    expect(event.payload.previous).toMatchObject({ status: 'PENDING_NEW', exchangeState: 'SENT' });
    expect(event.payload.order.status).toBe('NEW');
    expect(event.payload.previous).not.toHaveProperty('quantity');
  });
});

describe('the end of an order', () => {
  it.each([
    ['IOC', null, 'IOC_REMAINDER'],
    ['FOK', null, 'FOK_NOT_FILLED'],
    ['DAY', 'SELF_TRADE', 'SELF_TRADE'],
    ['DAY', null, 'EXCHANGE'],
  ] as const)('%s cancelled with reason %s has cancel reason %s', (timeInForce, reason, cancelReason) => {
    const order = heard(aSentOrder({ timeInForce }), ended('CANCELED', 0, reason));
    expect([order.status, order.cancelReason, order.blockedCents]).toEqual(['CANCELED', cancelReason, 0]);
  });

  it('has the exchange’s reason where the house knows it by the same name', () => {
    expect(heard(aSentOrder(), ended('REJECTED', 0, 'MARKET_CLOSED')).rejectReason).toBe('MARKET_CLOSED');
  });

  it('keeps the words of a refusal', () => {
    const order = heard(aSentOrder(), ended('REJECTED', 0, 'no such book'));
    expect([order.status, order.rejectReason, order.rejectText]).toEqual([
      'REJECTED',
      'EXCHANGE_REJECTED',
      'no such book',
    ]);
  });
});

describe('a market order that rests', () => {
  it('becomes a limit order at its last price and gives the difference back in the entry of that fill', () => {
    const order = aSentOrder({ type: 'MARKET', limitPriceCents: null, quantity: shares(200) });
    const resting = change(order, aTrade('X1', 100, '30.01', 100, { priceCents: brl('30.01') }));
    expect(resting.order.limitPriceCents).toBe(brl('30.01'));
    expect(resting.order.blockedCents).toBe(brl('3001.90'));
    expect(resting.entries).toHaveLength(1);
  });
});

describe('a replacement accepted before older fills are known', () => {
  const order = heard(aSentOrder({ quantity: shares(200), limitPriceCents: brl('30.25') }), NEW);
  const asked = taken(requestReplace(order, { limitPriceCents: brl('29.00') }, someFacts(), aContext())).order;
  const replaced = { ...aHeader('R1', 100, 'ORD-1.2'), execType: 'REPLACED', origClOrdId: order.clOrdId } as const;

  it('stays pending and covers them at the old price', () => {
    const waiting = heard(asked, replaced);
    expect(waiting.status).toBe('PENDING_REPLACE');
    expect(waiting.limitPriceCents).toBe(brl('29.00'));
    const late = change(waiting, aTrade('X1', 100, '30.25', 100));
    expect(late.uncoveredCents).toBe(0);
    expect(late.order.status).toBe('PARTIALLY_FILLED');
    expect(late.order.pendingRequest).toBeNull();
  });

  it('is proved by a fill of the new form', () => {
    const filled = heard(asked, aTrade('X1', 100, '28.90', 100, { clOrdId: replaced.clOrdId }));
    expect([filled.status, filled.amendments[0]?.outcome]).toEqual(['PARTIALLY_FILLED', 'REPLACED']);
  });
});

describe('an order that is filled over several days', () => {
  it('never costs more than it held, though fees start anew each day', () => {
    const fills = fc.array(fc.record({ lots: fc.integer({ min: 1, max: 9 }), days: fc.nat({ max: 1 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    const property = fc.property(fills, fc.integer({ min: 1, max: 3600 }), (trades, limit) => {
      const quantity = trades.reduce((sum, { lots }) => sum + lots * 100, 0);
      let order = aSentOrder({ timeInForce: 'GTC', quantity: shares(quantity), limitPriceCents: cents(limit) });
      let day = 0;
      for (const [index, { lots, days }] of trades.entries()) {
        day += days;
        const at = { lastPxCents: cents(limit), transactTimeMs: epochMs(NOON + day * DAY_MS) };
        const booked = change(order, aTrade(`X${index}`, lots * 100, '1.00', 0, at));
        expect(booked.uncoveredCents).toBe(0);
        order = booked.order;
      }
      expect([order.status, order.blockedCents]).toEqual(['FILLED', 0]);
    });
    fc.assert(property);
  });
});

describe('any order of the same reports', () => {
  const lifetimes: Record<string, readonly ExecutionReport[]> = {
    filled: [NEW, aTrade('X1', 100, '30.01', 100), aTrade('X2', 200, '30.11', 300), aTrade('X3', 200, '29.95', 500)],
    expired: [NEW, aTrade('X1', 100, '30.01', 100), aTrade('X2', 100, '30.20', 200), ended('EXPIRED', 200)],
    cancelled: [NEW, aTrade('X1', 300, '30.25', 300), ended('CANCELED', 300)],
  };

  it.each(Object.entries(lifetimes))(
    '%s: comes to the same end, in one change or many, with repetitions',
    (_name, reports) => {
      const sent = aSentOrder({ quantity: shares(500) });
      const expected = essence(heard(sent, ...reports));
      const shuffled = fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 });
      const property = fc.property(shuffled, fc.boolean(), (heardReports, atOnce) => {
        const last = atOnce
          ? heard(sent, ...heardReports)
          : heardReports.reduce((order, report) => heard(order, report), sent);
        expect(essence(last)).toEqual(expected);
      });
      fc.assert(property, { numRuns: 100 });
    },
  );
});

/** All of an order but how many changes it took. */
function essence({ version, auditSeq, auditHash, executionIds, ...rest }: Order) {
  return { ...rest, executionIds: executionIds.toSorted(), isChained: auditHash !== '' && version === auditSeq };
}
