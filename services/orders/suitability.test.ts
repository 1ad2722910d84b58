import type { OrderPreview } from '@brokerage/contracts/rest/order-preview';
import { NewOrderRequest } from '@brokerage/contracts/rest/orders';
import { accountId } from '@brokerage/domain/identifiers';
import { describe, expect } from 'vitest';
import type { SuitabilityFields } from '../platform/client-suitability.ts';
import { previewOrder } from './preview-order.ts';
import { test } from './testing/desk-test.ts';
import { type OrderDesk, okBody } from './testing/order-desk.ts';

const SIX_YEARS_MS = 6 * 366 * 86_400_000;

function addDora(desk: OrderDesk, fields: SuitabilityFields) {
  desk.addClient('dora', 1_000_000, 100, fields);
}

const unsuitable: readonly (readonly [string, (desk: OrderDesk) => SuitabilityFields])[] = [
  ['NO_PROFILE', () => ({ suitability: null })],
  ['CONSERVATIVE_PROFILE', () => ({ suitability: 'CONSERVATIVE' })],
  ['PROFILE_EXPIRED', (desk) => ({ openedAtMs: desk.nowMs - SIX_YEARS_MS })],
];

describe.each(unsuitable)('with %s', (cause, fieldsOf) => {
  test('a purchase is refused with the cause, in no more calls to the tables', async ({ desk }) => {
    addDora(desk, fieldsOf(desk));
    const id = await desk.place({}, 'dora');
    desk.tables.calls.length = 0;
    await desk.runOrders();
    expect(desk.tables.calls).toEqual(['batchGet', 'transact']);
    const rejected = { status: 'REJECTED', rejectReason: 'SUITABILITY', rejectText: `cause ${cause}`, blockedCents: 0 };
    expect(await desk.order(id)).toMatchObject(rejected);
  });

  test('the preview says so, and what about', async ({ desk }) => {
    addDora(desk, fieldsOf(desk));
    const request = NewOrderRequest.parse({
      symbol: 'PETR4',
      side: 'BUY',
      type: 'LIMIT',
      quantity: 100,
      limitPrice: '30.25',
    });
    const preview = okBody<OrderPreview>(await previewOrder(desk.tools, accountId('dora'), request, 'corr-1'));
    expect(preview.refusals).toEqual([{ code: 'SUITABILITY', facts: { cause } }]);
  });

  test('shares may be sold', async ({ desk }) => {
    addDora(desk, fieldsOf(desk));
    expect(await desk.order(await desk.execute({ side: 'SELL' }, 'dora'))).toMatchObject({ rejectReason: null });
  });

  test('a purchase goes through once it is declared, and not after another profile', async ({ desk }) => {
    const fields = fieldsOf(desk);
    const assessedAtMs = fields.openedAtMs ?? desk.nowMs;
    const declaredUnsuitability = { cause, declaredAtMs: desk.nowMs, assessedAtMs } as NonNullable<
      SuitabilityFields['declaredUnsuitability']
    >;
    addDora(desk, { ...fields, declaredUnsuitability });
    expect(await desk.order(await desk.execute({}, 'dora'))).toMatchObject({ rejectReason: null });
    addDora(desk, { suitability: 'CONSERVATIVE', suitabilityAssessedAtMs: desk.nowMs + 1, declaredUnsuitability });
    expect(await desk.order(await desk.execute({}, 'dora'))).toMatchObject({ rejectReason: 'SUITABILITY' });
  });
});
