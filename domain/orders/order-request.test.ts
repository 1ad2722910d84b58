import { expect, it } from 'vitest';
import { calendarDate } from '../calendar/instant.ts';
import { shares } from '../instruments/shares.ts';
import { aRequest, brl, PETR4, PETR4F } from '../testing/builders.ts';
import { type OrderRequest, refuseRequest } from './order-request.ts';

const TODAY = calendarDate('2026-11-24');
const NO_PRICE = { limitPriceCents: null };
const STOP = { type: 'STOP', limitPriceCents: null, stopPriceCents: brl('31.00') } as const;
const STOP_LIMIT = { type: 'STOP_LIMIT', stopPriceCents: brl('31.00'), limitPriceCents: brl('31.10') } as const;

const refused: [string, Partial<OrderRequest>][] = [
  ['INVALID_LOT', { quantity: shares(150) }],
  ['INVALID_LOT', { quantity: shares(0) }],
  ['INVALID_LOT', { quantity: shares(-100) }],
  ['INVALID_LOT', { quantity: shares(150), limitPriceCents: brl('0.00') }],
  ['INVALID_TICK', { limitPriceCents: brl('0.00') }],
  ['INVALID_TICK', { ...STOP, stopPriceCents: brl('-1.00') }],
  ['LIMIT_PRICE_REQUIRED', { type: 'LIMIT', ...NO_PRICE }],
  ['LIMIT_PRICE_NOT_ALLOWED', { type: 'MARKET' }],
  ['LIMIT_PRICE_NOT_ALLOWED', { type: 'MARKET', timeInForce: 'GTC' }],
  ['LIMIT_PRICE_NOT_ALLOWED', { ...STOP, limitPriceCents: brl('31.00') }],
  ['STOP_PRICE_REQUIRED', { type: 'STOP', ...NO_PRICE }],
  ['STOP_PRICE_NOT_ALLOWED', { stopPriceCents: brl('31.00') }],
  ['TIME_IN_FORCE_NOT_ALLOWED', { type: 'MARKET', ...NO_PRICE, timeInForce: 'GTC' }],
  ['TIME_IN_FORCE_NOT_ALLOWED', { type: 'MARKET', ...NO_PRICE, timeInForce: 'GTD', expireDate: TODAY }],
  ['TIME_IN_FORCE_NOT_ALLOWED', { ...STOP, timeInForce: 'IOC' }],
  ['EXPIRE_DATE_REQUIRED', { timeInForce: 'GTD' }],
  ['EXPIRE_DATE_NOT_ALLOWED', { expireDate: TODAY }],
  ['EXPIRE_DATE_PAST', { timeInForce: 'GTD', expireDate: calendarDate('2026-11-23') }],
  ['INVALID_STOP_PRICE', { ...STOP_LIMIT, limitPriceCents: brl('30.99') }],
  ['INVALID_STOP_PRICE', { ...STOP_LIMIT, side: 'SELL', limitPriceCents: brl('31.01') }],
];

it.each(refused)('refuses with %s: %o', (code, fields) => {
  expect(refuseRequest(aRequest(fields), PETR4, TODAY)?.refusal.code).toBe(code);
});

it('knows the symbol before anything else', () => {
  expect(refuseRequest(aRequest({ quantity: shares(0) }), null, TODAY)?.refusal.code).toBe('UNKNOWN_SYMBOL');
});

it.each([1, 99])('takes %i shares in the fractional book', (quantity) => {
  expect(refuseRequest(aRequest({ quantity: shares(quantity) }), PETR4F, TODAY)).toBeNull();
});

it('takes no whole lot in the fractional book', () => {
  expect(refuseRequest(aRequest({ quantity: shares(100) }), PETR4F, TODAY)?.refusal.code).toBe('INVALID_LOT');
});

const accepted: [string, Partial<OrderRequest>][] = [
  ['limit', {}],
  ['market for the day', { type: 'MARKET', ...NO_PRICE }],
  ['market or nothing', { type: 'MARKET', ...NO_PRICE, timeInForce: 'FOK' }],
  ['stop', STOP],
  ['stop-limit with limit at its stop', { ...STOP_LIMIT, limitPriceCents: brl('31.00'), timeInForce: 'GTC' }],
  ['good till today', { timeInForce: 'GTD', expireDate: TODAY }],
];

it.each(accepted)('takes a %s order', (_name, fields) => {
  expect(refuseRequest(aRequest(fields), PETR4, TODAY)).toBeNull();
});
