import type { OrderView } from '@brokerage/contracts/rest/orders';
import type { Order } from '@brokerage/domain/orders/order';
import { requestCancel } from '@brokerage/domain/orders/request-cancel';
import { type ApiAnswer, problem } from '../platform/api-answer.ts';
import { changeOrder } from './change-order.ts';
import { contextOf } from './decide.ts';
import { findOwnOrder } from './own-order.ts';
import { type RequestTools, sendAndBook, showOrder } from './request-tools.ts';

/**
 * Asks for an order to be cancelled and, if it stands at the exchange, asks the exchange at once; what it answers is booked before the client
 * hears that the request is taken: PENDING_CANCEL, whatever the order has become meanwhile. One that has not been sent ends unsent in its saga; one in doubt goes to the resolver.
 */
export async function cancelOrder(
  tools: RequestTools,
  accountId: string,
  id: string,
  correlationId: string,
): Promise<ApiAnswer<OrderView>> {
  const order = await findOwnOrder(tools.store, accountId, id);
  return order === null ? problem('NOT_FOUND') : cancelKnownOrder(tools, order, correlationId);
}

export async function cancelKnownOrder(
  tools: RequestTools,
  order: Order,
  correlationId: string,
): Promise<ApiAnswer<OrderView>> {
  const context = contextOf(tools, 'CLIENT', correlationId);
  const changed = await changeOrder(tools.store, order, 'cancel', (latest) => requestCancel(latest, context));
  if (!changed.ok) return problem(changed.refusal.code, { facts: changed.refusal.facts });
  const asked = changed.order;
  if (changed.change === null) return showOrder(tools.store, asked);
  if (asked.pendingRequest !== null) await sendAndBook(tools, asked, 'cancel');
  else if (asked.exchangeState === 'SENT') await tools.followUps.ask(asked);
  return showOrder(tools.store, asked);
}
