import type { ListOrdersQuery, OrderPage } from '@brokerage/contracts/rest/orders';
import { epochMs } from '@brokerage/domain/calendar/instant';
import type { AccountId } from '@brokerage/domain/identifiers';
import * as z from 'zod';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { orderView } from '../platform/order-view.ts';
import type { OrderReads } from './orders-store.ts';

const Place = z.strictObject({ placedKey: z.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z#ORD-\w+$/) });

/** Orders of an account, newest first, with their fills. */
export async function listOrders(
  store: OrderReads,
  accountId: AccountId,
  query: ListOrdersQuery,
): Promise<ApiAnswer<z.input<typeof OrderPage>>> {
  const place = decodeCursor(Place, query.cursor, accountId);
  if (place === null) return problem('INVALID_CURSOR');
  const { status, symbol, clientOrderId, from, limit } = query;
  const filter = { status, symbol, clientOrderId, fromMs: from === undefined ? undefined : epochMs(Date.parse(from)) };
  const { orders, next } = await store.list(accountId, filter, limit, place?.placedKey ?? null);
  const fills = await store.fillsOf(orders);
  return answer({
    items: orders.map((order) => orderView(order, fills.get(order.orderId) ?? [])),
    nextCursor: next === null ? null : encodeCursor({ placedKey: next }, accountId),
  });
}
