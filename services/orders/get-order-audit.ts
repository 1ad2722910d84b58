import type { AuditEventView, AuditPage } from '@brokerage/contracts/rest/orders';
import { formatInstant } from '@brokerage/domain/calendar/instant';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import type * as z from 'zod';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import type { ReadAuditTrail } from '../platform/audit-item.ts';
import { fillView, orderSummary } from '../platform/order-view.ts';
import type { OrderReads } from './orders-store.ts';
import { findOwnOrder } from './own-order.ts';

/** Every change of the order since it was accepted, each chained by hash to the one before. */
export async function getOrderAudit(
  store: Pick<OrderReads, 'find'>,
  readAuditTrail: ReadAuditTrail,
  accountId: string,
  id: string,
): Promise<ApiAnswer<z.input<typeof AuditPage>>> {
  const order = await findOwnOrder(store, accountId, id);
  if (order === null) return problem('NOT_FOUND');
  const events = await readAuditTrail(order.orderId, 1);
  return answer({ items: events.map(auditEventView), nextCursor: null });
}

function auditEventView(event: OrderEvent): AuditEventView {
  const { subjectId, seq, atMs, actor, correlationId, payload, previousHash, hash } = event;
  return {
    eventId: `${subjectId}#${seq}`,
    seq,
    type: payload.type,
    occurredAt: formatInstant(atMs),
    actor,
    correlationId,
    order: orderSummary(payload.order),
    fills: payload.fills.map(fillView),
    previousHash,
    hash,
  };
}
