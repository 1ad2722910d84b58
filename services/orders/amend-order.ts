import type { AmendOrderRequest, OrderView } from '@brokerage/contracts/rest/orders';
import { shares } from '@brokerage/domain/instruments/shares';
import { type ReplaceRequest, requestReplace } from '@brokerage/domain/orders/request-replace';
import { type ApiAnswer, problem } from '../platform/api-answer.ts';
import { changeOrder } from './change-order.ts';
import { contextOf } from './decide.ts';
import { executionFacts } from './execution-facts.ts';
import { findOwnOrder } from './own-order.ts';
import { type RequestTools, sendAndBook, showOrder } from './request-tools.ts';
import type { ValidationTools } from './validate-balance.ts';

export type AmendTools = RequestTools & ValidationTools;

/**
 * Asks to change an order. What it would cost more is blocked first, then the exchange is asked, and its answer is booked before the
 * client hears; what it costs less is given back once the exchange has agreed.
 */
export async function amendOrder(
  tools: AmendTools,
  accountId: string,
  id: string,
  request: AmendOrderRequest,
  correlationId: string,
): Promise<ApiAnswer<OrderView>> {
  const order = await findOwnOrder(tools.store, accountId, id);
  if (order === null) return problem('NOT_FOUND');
  const facts = await executionFacts(tools, order, await tools.facts.readAccount(order.accountId, order.isin));
  const context = contextOf(tools, 'CLIENT', correlationId);
  const wanted = toReplaceRequest(request);
  const changed = await changeOrder(tools.store, order, 'amend', (latest) =>
    requestReplace(latest, wanted, facts, context),
  );
  if (!changed.ok) return problem(changed.refusal.code, { facts: changed.refusal.facts });
  return showOrder(tools.store, await sendAndBook(tools, changed.order, 'amend'));
}

function toReplaceRequest({ quantity, limitPrice, stopPrice }: AmendOrderRequest): ReplaceRequest {
  return {
    ...(quantity !== undefined && { quantity: shares(quantity) }),
    ...(limitPrice !== undefined && { limitPriceCents: limitPrice }),
    ...(stopPrice !== undefined && { stopPriceCents: stopPrice }),
  };
}
