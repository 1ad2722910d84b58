import { describe, expect, it } from 'vitest';
import { AmendOrderRequest, ListOrdersQuery, NewOrderRequest } from './orders.ts';

const order = { symbol: 'PETR4', side: 'BUY', type: 'LIMIT', quantity: 100, limitPrice: '30.25' };

describe('NewOrderRequest', () => {
  it('parses prices to centavos and defaults to the day', () => {
    expect(NewOrderRequest.parse(order)).toEqual({ ...order, limitPrice: 3025, timeInForce: 'DAY' });
  });

  it('makes one value of equal prices written differently, so that idempotency hashes agree', () => {
    const parsed = ['30.5', '30.50', 30.5].map((limitPrice) => NewOrderRequest.parse({ ...order, limitPrice }));
    expect(new Set(parsed.map((value) => JSON.stringify(value))).size).toBe(1);
  });

  it.each([
    ['quantity', 0],
    ['quantity', 1.5],
    ['quantity', -1],
    ['quantity', 1e20],
    ['quantity', '100'],
    ['limitPrice', '30.255'],
    ['side', 'buy'],
    ['symbol', 'petr4'],
    ['symbol', ''],
    ['clientOrderId', ''],
    ['clientOrderId', 'a'.repeat(65)],
    ['expireDate', '2026-02-30'],
    ['colour', 'red'],
  ])('refuses %s %j', (field, value) => {
    const result = NewOrderRequest.safeParse({ ...order, [field]: value });
    expect(result.success).toBe(false);
  });

  it.each(['symbol', 'side', 'type', 'quantity'])('refuses an order without %s', (field) => {
    const { [field]: _left, ...rest } = order as Record<string, unknown>;
    expect(NewOrderRequest.safeParse(rest).success).toBe(false);
  });
});

describe('AmendOrderRequest', () => {
  it('refuses a change of nothing', () => {
    expect(AmendOrderRequest.safeParse({}).success).toBe(false);
    expect(AmendOrderRequest.parse({ quantity: 200 })).toEqual({ quantity: 200 });
  });
});

describe('ListOrdersQuery', () => {
  it('reads the limit from text', () => {
    expect(ListOrdersQuery.parse({ limit: '10' }).limit).toBe(10);
    expect(ListOrdersQuery.safeParse({ limit: '0' }).success).toBe(false);
    expect(ListOrdersQuery.safeParse({ limit: '101' }).success).toBe(false);
  });
});
