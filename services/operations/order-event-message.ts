import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { formatInstant } from '@brokerage/domain/calendar/instant';
import { formatCents } from '@brokerage/domain/money/decimal';
import type { OrderEvent, OrderSnapshot } from '@brokerage/domain/orders/order-change';
import { fillView, orderSummary } from '../platform/order-view.ts';
import { becameLarge, orderValue } from './order-value.ts';

/** An audit event as it is published. The same event always makes the same message, so publishing again harms nobody. */
export function orderEventMessage(event: OrderEvent): OrderEventMessage {
  const { order, previous, fills, type } = event.payload;
  const before: OrderSnapshot | null = event.seq === 1 ? null : { ...order, ...previous };
  const value = orderValue(order);
  return {
    eventId: `${event.subjectId}#${event.seq}`,
    seq: event.seq,
    orderId: event.subjectId,
    accountId: order.accountId,
    type,
    occurredAt: formatInstant(event.atMs),
    correlationId: event.correlationId,
    previousStatus: before?.status ?? null,
    order: orderSummary(order),
    fills: fills.map(fillView),
    orderValue: value === null ? null : formatCents(value),
    becameLarge: becameLarge(before, order),
  };
}
