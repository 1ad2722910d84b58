import { blockReserve } from '@brokerage/domain/orders/block-reserve';
import { hasEnded } from '@brokerage/domain/orders/status';
import { changeOrder } from './change-order.ts';
import { contextOf, type DecisionTools } from './decide.ts';
import type { OrdersStore } from './orders-store.ts';
import { ended, type ToBlock, type ToEnd, type ToExecute, type ToRollBack } from './saga-state.ts';
import { factsText } from './validate-balance.ts';

/**
 * Saga state BlockBalance: takes what the order may cost out of the client's free money or shares, if it is there. From
 * here on the order counts as sent. One that another saga has blocked meanwhile goes on as it is.
 */
export async function blockBalance(
  tools: DecisionTools & { readonly store: OrdersStore },
  state: ToBlock,
): Promise<ToExecute | ToRollBack | ToEnd> {
  const { order, position, reservation } = state;
  const context = contextOf(tools, 'BROKERAGE', order.correlationId);
  const changed = await changeOrder(tools.store, order, 'block', (latest) =>
    latest.exchangeState === 'UNSENT' ? blockReserve(latest, reservation, context) : { ok: true, change: null },
  );
  const carried = { order: changed.order, position };
  if (changed.ok)
    return changed.order.status === 'PENDING_NEW' ? { ...carried, next: 'EXECUTE' } : ended(changed.order);
  const { refusal } = changed;
  if (refusal.code === 'INSUFFICIENT_FUNDS' || refusal.code === 'INSUFFICIENT_POSITION') {
    return { ...carried, next: 'ROLLBACK', rejection: { reason: refusal.code, text: factsText(refusal) } };
  }
  return hasEnded(changed.order.status) ? ended(changed.order) : { ...carried, next: 'ROLLBACK' };
}
