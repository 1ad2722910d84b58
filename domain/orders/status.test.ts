import { describe, expect, it } from 'vitest';
import { assertTransition, LEGAL_TRANSITIONS, type OrderStatus, type StatusFacts, statusOf } from './status.ts';

const ALL = Object.keys(LEGAL_TRANSITIONS) as OrderStatus[];
const FORBIDDEN = ALL.flatMap((from) =>
  ALL.filter((to) => to !== from && !LEGAL_TRANSITIONS[from].includes(to)).map((to) => [from, to] as const),
);

it.each(FORBIDDEN)('does not go from %s to %s', (from, to) => {
  expect(() => assertTransition(from, to)).toThrow(`from ${from} to ${to}`);
});

it.each(ALL.filter((status) => status !== 'PENDING_NEW'))('%s never becomes PENDING_NEW again', (status) => {
  expect(LEGAL_TRANSITIONS[status]).not.toContain('PENDING_NEW');
});

describe('status follows from the exchange and the quantities', () => {
  const base: StatusFacts = {
    status: 'PENDING_NEW',
    exchangeState: 'SENT',
    pendingRequest: null,
    quantity: 100,
    filledQuantity: 0,
    announcedQuantity: 0,
  };
  const cases: [OrderStatus, Partial<StatusFacts>][] = [
    ['PENDING_NEW', {}],
    ['NEW', { exchangeState: 'WORKING' }],
    ['PARTIALLY_FILLED', { exchangeState: 'WORKING', filledQuantity: 40 }],
    ['FILLED', { exchangeState: 'WORKING', filledQuantity: 100 }],
    ['FILLED', { exchangeState: 'WORKING', filledQuantity: 100, pendingRequest: { kind: 'CANCEL' } }],
    ['PENDING_CANCEL', { exchangeState: 'WORKING', filledQuantity: 40, pendingRequest: { kind: 'CANCEL' } }],
    ['PENDING_REPLACE', { exchangeState: 'WORKING', pendingRequest: { kind: 'REPLACE' } }],
    ['EXPIRED', { exchangeState: 'EXPIRED', filledQuantity: 40, announcedQuantity: 40 }],
    ['NEW', { status: 'NEW', exchangeState: 'CANCELED', announcedQuantity: 40 }],
    ['CANCELED', { status: 'CANCELED', exchangeState: 'CANCELED', filledQuantity: 100 }],
  ];

  it.each(cases)('%s: %o', (expected, facts) => {
    expect(statusOf({ ...base, ...facts })).toBe(expected);
  });
});
