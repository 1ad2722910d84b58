import { describe, expect, it } from 'vitest';
import { shares } from '../instruments/shares.ts';
import {
  aBalance,
  aContext,
  aHeader,
  anAcceptedOrder,
  aSentOrder,
  aTrade,
  brl,
  someFacts,
  taken,
} from '../testing/builders.ts';
import { applyExecutionReports } from './apply-execution-reports.ts';
import { blockReserve } from './block-reserve.ts';
import { bustFill, correctFill } from './bust-fill.ts';
import { cancelUnsent, rejectOrder } from './end-order.ts';
import type { ExecutionReport } from './execution-report.ts';
import { MAX_KEPT_AMENDMENTS, type Order } from './order.ts';
import { averageFillPrice } from './order-quantities.ts';
import { parkOrder, unparkOrder } from './park-order.ts';
import { mustAskToCancel, requestCancel } from './request-cancel.ts';
import { requestReplace } from './request-replace.ts';
import { validateForExecution } from './validate-for-execution.ts';

const NEW: ExecutionReport = { ...aHeader('N1', 0), execType: 'NEW', priceCents: null };

function heard(order: Order, ...reports: ExecutionReport[]): Order {
  return applyExecutionReports(order, reports, aContext()).change?.order ?? order;
}

const OPEN = heard(aSentOrder({ quantity: shares(300) }), NEW);
const PARTLY = heard(OPEN, aTrade('X1', 200, '30.25', 200));
const FILLED = heard(PARTLY, aTrade('X2', 100, '30.25', 300));

describe('cancel', () => {
  it('asks the exchange about an open order', () => {
    const asked = taken(requestCancel(PARTLY, aContext()))?.order;
    expect([asked?.status, asked?.pendingRequest?.clOrdId]).toEqual(['PENDING_CANCEL', 'ORD-1.C1']);
  });

  it('is noted before the exchange has the order, and asked after', () => {
    const noted = taken(requestCancel(aSentOrder(), aContext()))?.order as Order;
    expect([noted.status, noted.cancelRequested, mustAskToCancel(noted)]).toEqual(['PENDING_NEW', true, false]);
    expect(mustAskToCancel(heard(noted, NEW))).toBe(true);
  });

  it('ends an order that was never sent, in place of blocking', () => {
    const order = anAcceptedOrder();
    const verdict = validateForExecution(order, someFacts());
    const noted = taken(requestCancel(order, aContext()))?.order as Order;
    if (!verdict.ok) throw new Error('the order is valid');
    expect(blockReserve(noted, verdict.reservation, aContext())).toMatchObject({
      refusal: { code: 'CANCEL_REQUESTED' },
    });
    expect(cancelUnsent(noted, aContext())?.order).toMatchObject({
      status: 'CANCELED',
      cancelReason: 'CLIENT_REQUEST',
    });
  });

  it('is the same when asked again, and refused after the end', () => {
    const asked = taken(requestCancel(OPEN, aContext()))?.order as Order;
    expect(requestCancel(asked, aContext())).toEqual({ ok: true, change: null });
    expect(requestCancel(FILLED, aContext())).toMatchObject({ refusal: { code: 'ORDER_NOT_OPEN' } });
  });

  it('leaves the order as it was when the exchange refuses, and ends FILLED when it came too late', () => {
    const asked = taken(requestCancel(PARTLY, aContext()))?.order as Order;
    const refusal: ExecutionReport = {
      ...aHeader('R1', 200, 'ORD-1.C1'),
      execType: 'CANCEL_REJECT',
      reason: 'TOO_LATE',
    };
    expect(heard(asked, refusal).status).toBe('PARTIALLY_FILLED');
    expect(heard(asked, aTrade('X2', 100, '30.25', 300), refusal).status).toBe('FILLED');
  });

  it('is not undone by the refusal of an earlier one', () => {
    const refusal: ExecutionReport = { ...aHeader('R1', 200, 'ORD-1.C1'), execType: 'CANCEL_REJECT', reason: null };
    const again = taken(
      requestCancel(heard(taken(requestCancel(PARTLY, aContext()))?.order as Order, refusal), aContext()),
    );
    expect(again?.order.pendingRequest?.clOrdId).toBe('ORD-1.C2');
    expect(heard(again?.order as Order, refusal).status).toBe('PENDING_CANCEL');
  });
});

describe('replace', () => {
  it.each([
    ['ORDER_PENDING', anAcceptedOrder(), { quantity: shares(100) }],
    ['ORDER_NOT_OPEN', FILLED, { quantity: shares(400) }],
    ['STOP_PRICE_NOT_ALLOWED', OPEN, { stopPriceCents: brl('31.00') }],
    ['NOTHING_TO_CHANGE', OPEN, { quantity: shares(300) }],
    ['QUANTITY_NOT_ABOVE_FILLED', PARTLY, { quantity: shares(200) }],
    ['INVALID_LOT', OPEN, { quantity: shares(350) }],
    ['INVALID_TICK', OPEN, { limitPriceCents: brl('0.00') }],
    ['PRICE_OUT_OF_BAND', OPEN, { limitPriceCents: brl('36.01') }],
    ['LIMIT_EXCEEDED', OPEN, { quantity: shares(1_000_100), limitPriceCents: brl('1.00') }],
    ['INSUFFICIENT_FUNDS', OPEN, { quantity: shares(90_000) }],
  ] as const)('refuses with %s', (code, order, request) => {
    expect(requestReplace(order, request, someFacts(), aContext())).toMatchObject({ ok: false, refusal: { code } });
  });

  it('blocks what dearer terms need more before the exchange is asked', () => {
    const asked = taken(requestReplace(OPEN, { limitPriceCents: brl('31.00') }, someFacts(), aContext()));
    expect(asked.balanceDelta.blockedCents).toBe(brl('225.07'));
    expect(asked.guard).toEqual({ kind: 'BUYING_POWER', atLeastCents: brl('225.07') });
    expect(asked.order.limitPriceCents).toBe(brl('30.25'));
    const refusal: ExecutionReport = { ...aHeader('R1', 0, 'ORD-1.2'), execType: 'CANCEL_REJECT', reason: 'TOO_LATE' };
    expect(heard(asked.order, refusal)).toMatchObject({ status: 'NEW', blockedCents: OPEN.blockedCents });
  });

  it('gives back what cheaper terms need less once the exchange has accepted', () => {
    const asked = taken(
      requestReplace(OPEN, { quantity: shares(200) }, someFacts({ balance: aBalance('0.00') }), aContext()),
    );
    expect(asked.entries).toEqual([]);
    const accepted = { ...aHeader('R1', 0, 'ORD-1.2'), execType: 'REPLACED', origClOrdId: OPEN.clOrdId } as const;
    const after = heard(asked.order, accepted);
    expect(after).toMatchObject({ status: 'NEW', quantity: 200, clOrdId: 'ORD-1.2', blockedCents: brl('6051.80') });
    expect(after.amendments).toMatchObject([{ clOrdId: 'ORD-1.2', origClOrdId: 'ORD-1', outcome: 'REPLACED' }]);
  });

  it('keeps the newest amendments of an order that is amended without end, and counts on', () => {
    let order = OPEN;
    for (let form = 2; form <= MAX_KEPT_AMENDMENTS + 4; form += 1) {
      const asked = taken(requestReplace(order, { quantity: shares(100 * form) }, someFacts(), aContext()));
      const clOrdId = `ORD-1.${form}`;
      expect(asked.order.pendingRequest?.clOrdId).toBe(clOrdId);
      const accepted = {
        ...aHeader(`R${form}`, 0, clOrdId),
        execType: 'REPLACED',
        origClOrdId: order.clOrdId,
      } as const;
      order = heard(asked.order, accepted);
    }
    expect(order).toMatchObject({ amendmentCount: MAX_KEPT_AMENDMENTS + 3, status: 'NEW' });
    expect(order.amendments).toHaveLength(MAX_KEPT_AMENDMENTS);
    expect([order.amendments.at(0)?.clOrdId, order.amendments.at(-1)?.clOrdId]).toEqual(['ORD-1.5', 'ORD-1.24']);
  });
});

describe('park', () => {
  it('keeps the money blocked, and any report ends the wait', () => {
    const parked = parkOrder(aSentOrder(), aContext())?.order as Order;
    expect([parked.waitingFor, parked.blockedCents]).toEqual(['EXCHANGE', brl('3025.89')]);
    expect(parkOrder(parked, aContext())).toBeNull();
    expect(unparkOrder(parked, aContext())?.order.waitingFor).toBeNull();
    expect(heard(parked, NEW).waitingFor).toBeNull();
  });
});

describe('reject', () => {
  it('gives back all that was blocked, once', () => {
    const change = rejectOrder(aSentOrder(), 'PROCESSING_FAILED', null, aContext());
    expect(change?.balanceDelta).toMatchObject({ availableCents: brl('3025.89'), blockedCents: brl('-3025.89') });
    expect(rejectOrder(change?.order as Order, 'PROCESSING_FAILED', null, aContext())).toBeNull();
  });

  it('is unthinkable for an order with fills', () => {
    expect(() => rejectOrder(PARTLY, 'PROCESSING_FAILED', null, aContext())).toThrow('has fills');
  });
});

describe('bust and correction', () => {
  const bought = applyExecutionReports(aSentOrder(), [aTrade('X1', 100, '30.01')], aContext()).change;
  const [fill] = bought?.fills ?? [];
  if (!bought || !fill) throw new Error('nothing was bought');

  it('gives a busted purchase back and does not reopen the order', () => {
    const busted = bustFill(bought.order, fill, aContext());
    expect(busted.order).toMatchObject({ status: 'FILLED', filledQuantity: 100, bustedQuantity: 100 });
    expect(busted.fills).toEqual([{ ...fill, isBusted: true }]);
    expect(averageFillPrice(busted.order)).toBeNull();
    expect(busted.balanceDelta).toMatchObject({ availableCents: brl('3001.89'), payableCents: brl('-3001.89') });
  });

  it('books a corrected price in one entry', () => {
    const change = correctFill(bought.order, fill, { quantity: shares(100), priceCents: brl('30.00') }, aContext());
    expect(change.entries).toHaveLength(1);
    expect(change.balanceDelta).toMatchObject({ availableCents: brl('1.00'), payableCents: brl('-1.00') });
    expect(averageFillPrice(change.order)).toBe('30.0000');
  });
});
