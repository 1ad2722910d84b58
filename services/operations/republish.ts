import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import type { ReadAuditTrail } from '../platform/audit-item.ts';
import type { PublishEvents } from './event-publisher.ts';
import { orderEventMessage } from './order-event-message.ts';

/** Publishes an order's events again from the Audit table, which is the truth. Consumers know those that they have had. */
export async function republish(
  request: { readonly orderId: string; readonly fromSeq: number },
  readAuditTrail: ReadAuditTrail,
  publish: PublishEvents,
): Promise<ApiAnswer<{ published: number; refused: number }>> {
  const events = await readAuditTrail(request.orderId, request.fromSeq);
  if (events.length === 0) return problem('NOT_FOUND');
  const refused = await publish(events.map(orderEventMessage));
  return answer({ published: events.length - refused.size, refused: refused.size });
}
