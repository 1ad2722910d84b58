import { describe, expect, it } from 'vitest';
import { epochMs } from '../calendar/instant.ts';
import { shares } from '../instruments/shares.ts';
import { aBalance, aMarket, anAcceptedOrder, brl, NOON, someFacts } from '../testing/builders.ts';
import type { OrderRequest } from './order-request.ts';
import { type ExecutionFacts, validateForExecution } from './validate-for-execution.ts';

const MARKET = { type: 'MARKET', limitPriceCents: null } as const;
const SALE = { side: 'SELL' } as const;
const POOR = { balance: aBalance('3025.88') };
const LATER = (ms: number) => ({ nowMs: epochMs(NOON + ms) });

/** In the order of EXECUTION_REFUSALS; a row that breaks two rules names the one that comes first. */
const refused: [string, Partial<OrderRequest>, Partial<ExecutionFacts>][] = [
  ['ORDER_STALE', MARKET, { ...LATER(60_001), accountState: 'BLOCKED' }],
  ['ORDER_STALE', {}, LATER(86_400_000)],
  ['ACCOUNT_RESTRICTED', {}, { accountState: 'RESTRICTED', unsuitability: 'CONSERVATIVE_PROFILE' }],
  ['ACCOUNT_RESTRICTED', SALE, { accountState: 'BLOCKED' }],
  ['SUITABILITY', MARKET, { unsuitability: 'CONSERVATIVE_PROFILE', market: null }],
  ['MARKET_CLOSED', MARKET, { calendar: 'B3', nowMs: epochMs(Date.parse('2026-11-24T12:44:59Z')), market: null }],
  ['NO_REFERENCE_PRICE', MARKET, { market: null, ...POOR }],
  ['NO_REFERENCE_PRICE', MARKET, { market: aMarket({ askCents: null, lastCents: null }) }],
  ['NO_REFERENCE_PRICE', MARKET, LATER(15_001)],
  ['PRICE_OUT_OF_BAND', { limitPriceCents: brl('36.01') }, POOR],
  ['PRICE_OUT_OF_BAND', { ...SALE, limitPriceCents: brl('23.99') }, {}],
  ['INVALID_STOP_PRICE', { type: 'STOP', limitPriceCents: null, stopPriceCents: brl('30.00') }, POOR],
  ['INVALID_STOP_PRICE', { ...SALE, type: 'STOP', limitPriceCents: null, stopPriceCents: brl('30.00') }, {}],
  ['LIMIT_EXCEEDED', { quantity: shares(1_000_100), limitPriceCents: brl('24.00') }, POOR],
  ['LIMIT_EXCEEDED', { quantity: shares(165_300), limitPriceCents: brl('30.25') }, {}],
  ['INSUFFICIENT_FUNDS', {}, POOR],
  ['INSUFFICIENT_POSITION', SALE, { freeQuantity: shares(99) }],
];

it.each(refused)('refuses with %s: %o', (code, request, facts) => {
  const verdict = validateForExecution(anAcceptedOrder(request), someFacts(facts));
  expect(verdict).toMatchObject({ ok: false, refusal: { code } });
});

describe('what just passes', () => {
  const passing: [string, Partial<OrderRequest>, Partial<ExecutionFacts>][] = [
    ['exactly enough money', {}, { balance: aBalance('3025.89') }],
    ['exactly enough shares', SALE, { freeQuantity: shares(100) }],
    ['the upper limit of the band', { limitPriceCents: brl('36.00') }, {}],
    ['a cheap purchase below the band', { limitPriceCents: brl('1.00') }, {}],
    ['a market order of 60 s', MARKET, { ...LATER(60_000), market: aMarket({ atMs: epochMs(NOON + 60_000) }) }],
    ['a reference of 15 s', MARKET, LATER(15_000)],
    ['a sale on a restricted account', SALE, { accountState: 'RESTRICTED' }],
    ['a sale of what does not suit', SALE, { unsuitability: 'CONSERVATIVE_PROFILE' }],
    [
      'the greatest order value',
      { quantity: shares(165_200), limitPriceCents: brl('30.25') },
      { balance: aBalance('9000000.00') },
    ],
  ];

  it.each(passing)('%s', (_name, request, facts) => {
    expect(validateForExecution(anAcceptedOrder(request), someFacts(facts))).toMatchObject({ ok: true });
  });
});

describe('reserve price', () => {
  function reservation(request: Partial<OrderRequest>, facts: Partial<ExecutionFacts> = {}) {
    const verdict = validateForExecution(anAcceptedOrder(request), someFacts(facts));
    if (!verdict.ok) throw new Error(verdict.refusal.code);
    return verdict.reservation;
  }

  it('of a market purchase never passes the band', () => {
    const market = aMarket({ lastCents: brl('30.00'), askCents: brl('35.00') });
    expect(reservation(MARKET, { market }).reservePriceCents).toBe(brl('36.00'));
  });

  it('of a market sale is 5 % below the bid, rounded up; its value is at the bid', () => {
    const sale = reservation({ ...MARKET, ...SALE });
    expect(sale.reservePriceCents).toBe(brl('28.50'));
    expect(sale.orderValueCents).toBe(brl('2999.00'));
  });

  it('falls back to the last trade without a best opposite price', () => {
    expect(reservation(MARKET, { market: aMarket({ askCents: null }) }).reservePriceCents).toBe(brl('31.50'));
  });
});
