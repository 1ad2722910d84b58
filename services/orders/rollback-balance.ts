import { cancelUnsent, rejectOrder } from '@brokerage/domain/orders/end-order';
import type { Order } from '@brokerage/domain/orders/order';
import type { ChangeContext, OrderChange } from '@brokerage/domain/orders/order-change';
import { type BookingTools, bookReports } from './book-reports.ts';
import { changeOrder } from './change-order.ts';
import { contextOf } from './decide.ts';
import { ended, type ToEnd, type ToRollBack } from './saga-state.ts';

/**
 * Saga state RollbackBalance, the compensation: gives back what BlockBalance took, if it took anything, and ends the
 * order. Only two things lead here: the order was never sent, or the exchange has definitely refused it.
 */
export async function rollbackBalance(tools: BookingTools, state: ToRollBack): Promise<ToEnd> {
  const { order, reports } = state;
  if (reports !== undefined) return ended(await bookReports(tools, order, reports, 'rollback'));
  const context = contextOf(tools, 'BROKERAGE', order.correlationId);
  const changed = await changeOrder(tools.store, order, 'rollback', (latest) => ({
    ok: true,
    change: endUnsent(latest, state, context),
  }));
  return ended(changed.order);
}

/** Null when another saga has sent it meanwhile: then it is the exchange's to decide. */
function endUnsent(order: Order, { rejection }: ToRollBack, context: ChangeContext): OrderChange | null {
  if (order.exchangeState !== 'UNSENT') return null;
  if (order.cancelRequested || rejection === undefined) return cancelUnsent(order, context);
  return rejectOrder(order, rejection.reason, rejection.text, context);
}
