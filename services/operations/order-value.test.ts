import { shares } from '@brokerage/domain/instruments/shares';
import { cents } from '@brokerage/domain/money/cents';
import { acceptedChange, aMarket, anAcceptedOrder, aSentOrder } from '@brokerage/domain/testing/builders';
import { describe, expect, it } from 'vitest';
import { becameLarge, orderValue } from './order-value.ts';
import { acceptedOrder } from './testing/order-events.ts';

describe('orderValue', () => {
  it('is quantity × limit', () => {
    expect(orderValue(anAcceptedOrder())).toBe(302_500);
  });

  it('is not known of a market order until it has a reserve price, and then goes by that', () => {
    const market = { type: 'MARKET', limitPriceCents: null } as const;
    expect(orderValue(anAcceptedOrder(market))).toBeNull();
    expect(orderValue(aSentOrder(market))).toBe(315_100);
  });

  it('of a market sale goes by the best bid, to within a tick a share', () => {
    const sale = { type: 'MARKET', side: 'SELL', limitPriceCents: null } as const;
    for (const bid of [2_999, 3_000, 1_237, 59_999]) {
      const value = orderValue(aSentOrder(sale, { market: aMarket({ bidCents: cents(bid), lastCents: cents(bid) }) }));
      expect(value).toBeGreaterThanOrEqual(bid * 100);
      expect(value).toBeLessThanOrEqual((bid + 1) * 100);
    }
  });
});

describe('becameLarge', () => {
  it('is strict: R$ 100,000.00 is not above it', () => {
    expect(becameLarge(null, acceptedOrder(4_000, 2_500).order)).toBe(false);
    expect(becameLarge(null, acceptedOrder(4_100, 2_500).order)).toBe(true);
  });

  it('is so once, at the change that crosses', () => {
    const { order } = acceptedOrder(4_100, 2_500);
    expect(becameLarge(order, order)).toBe(false);
  });

  it('counts what an amendment asks for', () => {
    const small = acceptedChange({ quantity: shares(4_000), limitPriceCents: cents(2_500) }).order;
    const otherTerms = { ...small, quantity: shares(4_100) };
    const pendingRequest = { kind: 'REPLACE', clOrdId: small.clOrdId, accepted: false, otherTerms } as const;
    expect(becameLarge(small, { ...small, pendingRequest })).toBe(true);
  });
});
