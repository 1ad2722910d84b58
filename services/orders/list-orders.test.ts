import { ListOrdersQuery } from '@brokerage/contracts/rest/orders';
import { accountId } from '@brokerage/domain/identifiers';
import { describe, expect } from 'vitest';
import { createAuditTrailReader } from '../platform/audit-item.ts';
import { getOrderAudit } from './get-order-audit.ts';
import { listOrders } from './list-orders.ts';
import { test } from './testing/desk-test.ts';
import { type OrderDesk, okBody } from './testing/order-desk.ts';

async function list(desk: OrderDesk, query: object = {}, account = 'ana') {
  const page = okBody(await listOrders(desk.store, accountId(account), ListOrdersQuery.parse(query)));
  return { ids: page.items.map(({ orderId }) => orderId), cursor: page.nextCursor };
}

describe('a list of orders', () => {
  test('is newest first, page by page, and ends', async ({ desk }) => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.unshift(await desk.place());
      desk.advance(1);
    }
    await desk.place({}, 'bruno');
    const first = await list(desk, { limit: '2' });
    const second = await list(desk, { limit: '2', cursor: first.cursor });
    const third = await list(desk, { limit: '2', cursor: second.cursor });
    expect([...first.ids, ...second.ids, ...third.ids]).toEqual(ids);
    expect(third.cursor).toBeNull();
  });

  test('keeps to its filters', async ({ desk }) => {
    const resting = await desk.execute({ clientOrderId: 'a' });
    desk.advance(1_000);
    const since = new Date(desk.nowMs).toISOString();
    const pending = await desk.place({ clientOrderId: 'b', symbol: 'PETR4F', quantity: 10 });
    expect((await list(desk, { status: 'NEW' })).ids).toEqual([resting]);
    expect((await list(desk, { symbol: 'PETR4F' })).ids).toEqual([pending]);
    expect((await list(desk, { clientOrderId: 'a' })).ids).toEqual([resting]);
    expect((await list(desk, { from: since })).ids).toEqual([pending]);
    expect((await list(desk, { status: 'FILLED' })).ids).toEqual([]);
  });

  test('finds what matches far down behind what does not', async ({ desk }) => {
    const wanted = await desk.execute();
    for (let index = 0; index < 120; index += 1) {
      desk.advance(1);
      await desk.place();
    }
    expect((await list(desk, { status: 'NEW', limit: '10' })).ids).toEqual([wanted]);
  });

  test('refuses a cursor that is none', async ({ desk }) => {
    const query = ListOrdersQuery.parse({ cursor: 'nonsense' });
    expect(await listOrders(desk.store, accountId('ana'), query)).toMatchObject({ ok: false, code: 'INVALID_CURSOR' });
  });
});

describe('an audit trail', () => {
  test('tells every step in order, to the owner only', async ({ desk }) => {
    desk.exchange.onEntry = [[100, 3001]];
    const id = await desk.execute();
    const trailOf = (account: string) =>
      getOrderAudit(desk.store, createAuditTrailReader(desk.tables, 'Audit'), account, id);
    const page = okBody(await trailOf('ana'));
    expect(page.items.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'ORDER_ACCEPTED'],
      [2, 'ORDER_RESERVED'],
      [3, 'EXECUTION_REPORTED'],
    ]);
    expect(page.items.map(({ correlationId }) => correlationId)).toEqual(['corr-1', 'corr-1', 'corr-1']);
    expect(await trailOf('bruno')).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });
});
