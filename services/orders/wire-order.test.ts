import { clOrdId } from '@brokerage/domain/identifiers';
import { shares } from '@brokerage/domain/instruments/shares';
import { cents } from '@brokerage/domain/money/cents';
import type { Amendment, Order } from '@brokerage/domain/orders/order';
import { aSentOrder, NOON } from '@brokerage/domain/testing/builders';
import { describe, expect, it } from 'vitest';
import { toNewOrder, toReplaceRequest } from './wire-order.ts';

describe('an order on the wire', () => {
  it.each<[string, Order, object]>([
    ['LIMIT carries its limit', aSentOrder(), { priceCents: 3025 }],
    [
      'MARKET carries its protection',
      aSentOrder({ type: 'MARKET', limitPriceCents: null }),
      { protectionPriceCents: 3151 },
    ],
    [
      'STOP carries trigger and protection',
      aSentOrder({ type: 'STOP', limitPriceCents: null, stopPriceCents: cents(3100) }),
      { stopPriceCents: 3100, protectionPriceCents: 3255 },
    ],
    [
      'STOP_LIMIT carries trigger and limit',
      aSentOrder({ type: 'STOP_LIMIT', limitPriceCents: cents(3150), stopPriceCents: cents(3100) }),
      { stopPriceCents: 3100, priceCents: 3150 },
    ],
  ])('%s', (_what, order, prices) => {
    const { type: ordType, symbol, side, timeInForce } = order;
    const fixed = { clOrdId: 'ORD-1', account: 'ana', symbol, side, ordType, timeInForce, quantity: 100 };
    expect(toNewOrder(order)).toEqual({ ...fixed, ...prices });
  });
});

describe('a replacement on the wire', () => {
  it('names only the prices that change: the exchange refuses one that the order no longer has', () => {
    const order = aSentOrder({ type: 'STOP_LIMIT', limitPriceCents: cents(3150), stopPriceCents: cents(3100) });
    const amendment: Amendment = {
      ...{ limitPriceCents: cents(3160), stopPriceCents: cents(3100), reservePriceCents: cents(3160) },
      ...{ quantity: shares(200), clOrdId: clOrdId('ORD-1.2'), origClOrdId: clOrdId('ORD-1') },
      ...{ requestedAtMs: NOON, outcome: 'PENDING', reason: null },
    };
    const ids = { clOrdId: 'ORD-1.2', origClOrdId: 'ORD-1' };
    expect(toReplaceRequest(order, amendment)).toEqual({ ...ids, quantity: 200, priceCents: 3160 });
  });
});
