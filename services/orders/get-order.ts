import type { OrderView } from '@brokerage/contracts/rest/orders';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { orderView } from '../platform/order-view.ts';
import type { OrderReads } from './orders-store.ts';
import { findOwnOrderWithFills } from './own-order.ts';

/** The order with its fills, consistent with account and positions: they change in the same transaction. */
export async function getOrder(store: OrderReads, accountId: string, id: string): Promise<ApiAnswer<OrderView>> {
  const found = await findOwnOrderWithFills(store, accountId, id);
  return found ? answer(orderView(found.order, found.fills)) : problem('NOT_FOUND');
}
