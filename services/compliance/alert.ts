import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import type { AlertView } from '@brokerage/contracts/rest/staff';
import { epochMs, saoPauloDate } from '@brokerage/domain/calendar/instant';

/** An alert as the Alerts table keeps it: partition key `month` of São Paulo's calendar, sort key `alertId`, which sorts by time. */
export interface AlertItem extends AlertView {
  readonly month: string;
}

/** The alert that an event raises; null when it raises none. It follows from the event alone, so a repeated one changes nothing. */
export function alertOf(event: OrderEventMessage): AlertItem | null {
  if (!event.becameLarge || event.orderValue === null) return null;
  const { orderId, accountId, occurredAt, order } = event;
  return {
    month: monthOf(Date.parse(occurredAt)),
    alertId: `${occurredAt}#${orderId}`,
    kind: 'LARGE_ORDER',
    orderId,
    accountId,
    symbol: order.symbol,
    side: order.side,
    quantity: order.quantity,
    amount: event.orderValue,
    raisedAt: occurredAt,
  };
}

export function monthOf(atMs: number): string {
  return saoPauloDate(epochMs(atMs)).slice(0, 7);
}

export function alertView({ month: _month, ...alert }: AlertItem): AlertView {
  return alert;
}
