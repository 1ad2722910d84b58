import { expect, test } from 'vitest';
import type { Action } from '../plan/day-plan.ts';
import type { StepResult } from '../run/order-driver.ts';
import { anOrderView } from '../testing/sample-orders.ts';
import { outcomeOf } from './step-outcomes.ts';

const PLACE: Action = { kind: 'PLACE', entry: 'NEW', quantity: 10, priceCents: 780 };
const AMEND: Action = { kind: 'AMEND', quantity: 10, priceCents: 781 };
const CANCEL: Action = { kind: 'CANCEL' };

function aResult(action: Action, change: Partial<StepResult> = {}): StepResult {
  return {
    step: { orderNumber: '1001', timeMs: 0, action },
    answer: { status: 202, code: null, statusFact: null },
    amendment: action.kind === 'AMEND' ? { outcome: 'REPLACED', reason: null } : null,
    status: action.kind === 'CANCEL' ? 'CANCELED' : 'NEW',
    isAcknowledged: true,
    ...change,
  };
}
const refused = (code: string) => ({ answer: { status: 409, code, statusFact: null } });
const amendment = (outcome: string, reason: string | null) => ({ amendment: { outcome, reason } });

test.each([
  ['DONE', aResult(PLACE)],
  ['DONE', aResult(AMEND)],
  ['DONE', aResult(CANCEL)],
  ['REJECTED', aResult(PLACE, { status: 'REJECTED' })],
  ['TOO_LATE', aResult(CANCEL, { status: 'FILLED' })],
  ['TOO_LATE', aResult(AMEND, amendment('REFUSED', 'TOO_LATE'))],
  ['TOO_LATE', aResult(AMEND, { ...amendment('PENDING', null), status: 'FILLED' })],
  ['REFUSED_AT_EXCHANGE', aResult(AMEND, amendment('REFUSED', 'PRICE_OUT_OF_BAND'))],
  ['NOTHING_TO_CHANGE', aResult(AMEND, refused('NOTHING_TO_CHANGE'))],
  ['NOT_ABOVE_FILLED', aResult(AMEND, refused('QUANTITY_NOT_ABOVE_FILLED'))],
  ['REFUSED', aResult(AMEND, refused('ORDER_PENDING'))],
  ['NO_ORDER', aResult(AMEND, { answer: null })],
  ['NOT_ACKNOWLEDGED', aResult(PLACE, { status: 'PENDING_NEW', isAcknowledged: false })],
] as const)('%s', (expected, result) => {
  expect(outcomeOf(result, anOrderView())).toBe(expected);
});

test.each([
  ['FILLED', 'ALREADY_FILLED'],
  ['CANCELED', 'ENDED'],
] as const)('a request about an order that is %s', (status, expected) => {
  expect(outcomeOf(aResult(CANCEL, refused('ORDER_NOT_OPEN')), anOrderView({ status }))).toBe(expected);
});
