/**
 * The client stream: one WebSocket, `/stream?ticket=`, JSON text frames both ways. A client asks (`action`), the brokerage answers and tells (`type`).
 * A refused frame is answered with an `error` and changes nothing; the connection stays. Frames above 32 KB end it with code 1009 and binary ones
 * with 1003, which is API Gateway's own doing. Delivery is at least once: an order's newest state is that of its highest `seq`, whatever order
 * messages come in.
 */
import * as z from 'zod';
import { DecimalText } from './decimal-text.ts';
import { FillView, OrderSummary } from './rest/orders.ts';

/** Symbols that one connection may follow. */
export const MAX_STREAM_SYMBOLS = 100;
/** Events that `after` brings back; who missed more reads the orders by REST and subscribes without it. */
export const MAX_REPLAYED_EVENTS = 1000;

/** Any text: what is no symbol is unknown, and not malformed. A list beyond all reason is cut here, and one too long has its own code. */
const Symbols = z.array(z.string()).min(1);

/**
 * `grouped: true` lets the prices that changed together come in one frame, `{"type":"prices","items":[…]}`: far fewer frames for who follows many
 * symbols. Without it each price is a frame of its own. Subscribing again adds symbols, and sets `grouped` anew.
 */
export const SubscribePrices = z.strictObject({
  action: z.literal('subscribe'),
  channel: z.literal('prices'),
  symbols: Symbols,
  grouped: z.boolean().default(false),
});
/** `after`: the last event that the client has; those since then come first, in order of time, and then what happens. */
export const SubscribeOrders = z.strictObject({
  action: z.literal('subscribe'),
  channel: z.literal('orders'),
  after: z.string().min(1).max(80).optional(),
});
/** Without `symbols`: all of them. */
export const UnsubscribePrices = z.strictObject({
  action: z.literal('unsubscribe'),
  channel: z.literal('prices'),
  symbols: Symbols.optional(),
});
export const UnsubscribeOrders = z.strictObject({ action: z.literal('unsubscribe'), channel: z.literal('orders') });
export const Ping = z.strictObject({ action: z.literal('ping') });

export type SubscribePrices = z.infer<typeof SubscribePrices>;
export type SubscribeOrders = z.infer<typeof SubscribeOrders>;
export type UnsubscribePrices = z.infer<typeof UnsubscribePrices>;
export type StreamRequest =
  | SubscribePrices
  | SubscribeOrders
  | UnsubscribePrices
  | z.infer<typeof UnsubscribeOrders>
  | z.infer<typeof Ping>;

/**
 * INVALID_MESSAGE: no JSON object of a documented shape. UNKNOWN_EVENT: `after` names no event of this account. REPLAY_TOO_LONG: more was missed than
 * `after` brings. TRY_AGAIN: it could not be done now. INTERNAL_ERROR: something failed on our side. The subscription is as it was before; only when
 * what `after` brings is cut short after its `subscribed`, it has ended: subscribe after the last event that came.
 */
const StreamErrorCode = z.enum([
  'INVALID_MESSAGE',
  'UNKNOWN_ACTION',
  'UNKNOWN_CHANNEL',
  'UNKNOWN_SYMBOL',
  'TOO_MANY_SYMBOLS',
  'UNKNOWN_EVENT',
  'REPLAY_TOO_LONG',
  'TRY_AGAIN',
  'INTERNAL_ERROR',
]);
export type StreamErrorCode = z.infer<typeof StreamErrorCode>;

const StreamError = z.object({ type: z.literal('error'), code: StreamErrorCode, detail: z.string().optional() });

const Channel = z.enum(['prices', 'orders']);
/** What the connection is subscribed to now, on that channel; `symbols` is null for `orders`. */
const Acknowledgement = z.object({
  type: z.enum(['subscribed', 'unsubscribed']),
  channel: Channel,
  symbols: z.array(z.string()).nullable(),
});
const Pong = z.object({ type: z.literal('pong') });

/** The trade date's figures; `price` is that of the last trade, or else the previous close, to which `change` is; `volume` is in shares. */
export const PriceMessage = z.object({
  type: z.literal('price'),
  symbol: z.string(),
  price: DecimalText,
  change: DecimalText,
  volume: z.int().min(0),
  movingAverage5m: DecimalText.nullable(),
  time: z.iso.datetime(),
});
export type PriceMessage = z.infer<typeof PriceMessage>;
const PricesMessage = z.object({ type: z.literal('prices'), items: z.array(PriceMessage) });

/** `event` is the type of the order event, `order` the order after it, `fills` those that it booked. */
export const OrderMessage = z.object({
  type: z.literal('order'),
  eventId: z.string(),
  seq: z.int().min(1),
  event: z.string(),
  time: z.iso.datetime(),
  order: OrderSummary,
  fills: z.array(FillView),
});
export type OrderMessage = z.infer<typeof OrderMessage>;

export const StreamMessage = z.discriminatedUnion('type', [
  PriceMessage,
  PricesMessage,
  OrderMessage,
  Acknowledgement,
  Pong,
  StreamError,
]);
export type StreamMessage = z.infer<typeof StreamMessage>;
