/**
 * An event of an order as it is published, to SNS (the message) and EventBridge (`detail`). Delivery is at least once and in any
 * order: consumers go by `eventId`, and by `seq` within an order. Schema for the reader; the publisher's test holds it to its word.
 */
import * as z from 'zod';
import { DecimalText } from './decimal-text.ts';
import { FillView, OrderStatus, OrderSummary } from './rest/orders.ts';

const ORDER_EVENT_TYPES = [
  'ORDER_ACCEPTED',
  'ORDER_RESERVED',
  'ORDER_REJECTED',
  'ORDER_PARKED',
  'ORDER_UNPARKED',
  'CANCEL_REQUESTED',
  'ORDER_CANCELED_UNSENT',
  'REPLACE_REQUESTED',
  'EXECUTION_REPORTED',
  'FILL_BUSTED',
  'FILL_CORRECTED',
] as const;

/**
 * `order` after the event, `previousStatus` before it (null: there was no order), `fills` those that the event booked. `orderValue` is quantity ×
 * (limit or reserve price), null until there is one. `becameLarge`: with this event it first stands above R$ 100,000.00. A flag and not a
 * number for EventBridge to compare, as its numeric patterns end at 5e9.
 */
export const OrderEventMessage = z.object({
  eventId: z.string(),
  seq: z.int().min(1),
  orderId: z.string(),
  accountId: z.string(),
  type: z.enum(ORDER_EVENT_TYPES),
  occurredAt: z.iso.datetime(),
  correlationId: z.string(),
  previousStatus: OrderStatus.nullable(),
  order: OrderSummary,
  fills: z.array(FillView),
  orderValue: DecimalText.nullable(),
  becameLarge: z.boolean(),
});
export type OrderEventMessage = z.infer<typeof OrderEventMessage>;

/** EventBridge `source` and `detail-type`. */
export const EVENT_SOURCE = 'brokerage.orders';
export const ORDER_EVENT_DETAIL_TYPE = 'OrderEvent';
