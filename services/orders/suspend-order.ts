import { parkOrder } from '@brokerage/domain/orders/park-order';
import { changeOrder } from './change-order.ts';
import { contextOf, type DecisionTools } from './decide.ts';
import type { FollowUps } from './follow-up.ts';
import type { OrdersStore } from './orders-store.ts';
import { ended, type ToEnd, type ToSuspend } from './saga-state.ts';

/** Saga state SuspendOrder: the order goes on elsewhere, when the exchange is back or has been asked. Its money stays blocked. */
export async function suspendOrder(
  tools: DecisionTools & { readonly store: OrdersStore; readonly followUps: FollowUps },
  { order, suspension }: ToSuspend,
): Promise<ToEnd> {
  if (suspension === 'ASK') {
    await tools.followUps.ask(order);
    return ended(order, 'IN_DOUBT');
  }
  const context = contextOf(tools, 'BROKERAGE', order.correlationId);
  const changed = await changeOrder(tools.store, order, 'park', (latest) => ({
    ok: true,
    change: parkOrder(latest, context),
  }));
  return ended(changed.order, changed.order.waitingFor === 'EXCHANGE' ? 'PARKED' : 'DONE');
}
