import type { RequestAnswer } from '@brokerage/contracts/exchange';
import { cancelClOrdId } from '@brokerage/domain/identifiers';
import type { Order } from '@brokerage/domain/orders/order';
import type { ExchangeResult } from './exchange-call.ts';
import type { ExchangeGateway } from './exchange-gateway.ts';
import { toCancelRequest, toReplaceRequest } from './wire-order.ts';

/** Sends the order's pending cancel or replacement; repeated, the exchange gives its first answer again. */
export async function sendPendingRequest(
  exchange: ExchangeGateway,
  order: Order,
): Promise<ExchangeResult<RequestAnswer>> {
  const pending = order.pendingRequest;
  if (pending === null) throw new Error(`${order.orderId} has nothing pending`);
  if (pending.kind === 'CANCEL') return exchange.cancel(toCancelRequest(pending.clOrdId, order.clOrdId));
  const amendment = order.amendments.findLast(({ clOrdId }) => clOrdId === pending.clOrdId);
  if (amendment === undefined) throw new Error(`${pending.clOrdId} is no amendment of ${order.orderId}`);
  return exchange.replace(toReplaceRequest(order, amendment));
}

/** Cancels a ClOrdID that the exchange does not know: from then on it refuses it, so a late arrival does no harm. */
export async function entomb(exchange: ExchangeGateway, order: Order): Promise<ExchangeResult<RequestAnswer>> {
  return exchange.cancel(toCancelRequest(cancelClOrdId(order.orderId, order.cancelAttempts + 1), order.clOrdId));
}
