import { type BookingTools, bookReports } from './book-reports.ts';
import { ended, type ToConfirm, type ToEnd, type ToSuspend } from './saga-state.ts';
import { needsExchange } from './sweep-schedule.ts';

/**
 * Saga state ConfirmTransaction: books what the exchange answered. An order that now rests in the book ends its saga; one
 * that is to be cancelled, or whose fills are not all known, goes to the resolver.
 */
export async function confirmTransaction(tools: BookingTools, state: ToConfirm): Promise<ToSuspend | ToEnd> {
  const { position, reports } = state;
  const order = await bookReports(tools, state.order, reports, 'confirm', position);
  return needsExchange(order) ? { order, position, next: 'SUSPEND', suspension: 'ASK' } : ended(order);
}
