import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import type { FillView, OrderSummary, ReceiptView } from '@brokerage/contracts/rest/orders';

const ENDED: ReadonlySet<OrderSummary['status']> = new Set(['FILLED', 'CANCELED', 'EXPIRED', 'REJECTED']);

/** A receipt is of an order that has ended with something traded. A bust after that makes it anew. */
export function isReceiptDue({ order }: OrderEventMessage): boolean {
  return ENDED.has(order.status) && order.filledQuantity > 0;
}

/** Whether the event itself carries all fills of its order, which saves reading them: most orders fill in one go. */
export function carriesAllFills({ order, fills }: OrderEventMessage): boolean {
  return fills.reduce((sum, fill) => sum + fill.quantity, 0) === order.filledQuantity;
}

/** Follows from the event and the fills alone, so that a repeated event writes the same receipt. */
export function receiptOf(event: OrderEventMessage, fills: readonly FillView[]): ReceiptView {
  const receiptId = `REC-${event.orderId}-${event.seq}`;
  return { receiptId, seq: event.seq, issuedAt: event.occurredAt, order: { ...event.order, fills: [...fills] } };
}

export function receiptKey(orderId: string): string {
  return `${orderId}.json`;
}
