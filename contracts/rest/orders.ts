/** Orders as the REST API takes and shows them. */
import * as z from 'zod';
import { AveragePriceText, DecimalText, PositiveDecimal, RateText } from '../decimal-text.ts';
import { ListQuery, pageOf } from './paging.ts';

const Side = z.enum(['BUY', 'SELL']);
const OrderType = z.enum(['MARKET', 'LIMIT', 'STOP', 'STOP_LIMIT']);
const TimeInForce = z.enum(['DAY', 'IOC', 'FOK', 'GTC', 'GTD']);
export const OrderStatus = z.enum([
  'PENDING_NEW',
  'NEW',
  'PARTIALLY_FILLED',
  'FILLED',
  'PENDING_CANCEL',
  'CANCELED',
  'PENDING_REPLACE',
  'REJECTED',
  'EXPIRED',
]);

const MAX_QUANTITY = 1_000_000_000;
const Quantity = z.int().min(1).max(MAX_QUANTITY);
/** Symbols are looked up, not guessed: the pattern only keeps nonsense out of keys and logs. */
export const Ticker = z.string().regex(/^[A-Z0-9]{1,12}$/);
/** The client's own key of the order, unique in its account. */
export const ClientOrderId = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/);

/** Which prices go with which type is a rule of the domain, answered with its own code. */
export const NewOrderRequest = z.strictObject({
  symbol: Ticker,
  side: Side,
  type: OrderType,
  quantity: Quantity,
  limitPrice: PositiveDecimal.optional(),
  stopPrice: PositiveDecimal.optional(),
  timeInForce: TimeInForce.default('DAY'),
  expireDate: z.iso.date().optional(),
  clientOrderId: ClientOrderId.optional(),
});
/** Parsed: prices are centavos. */
export type NewOrderRequest = z.output<typeof NewOrderRequest>;

/** `quantity` is the total, filled shares included. What is absent stays. */
export const AmendOrderRequest = z
  .strictObject({
    quantity: Quantity.optional(),
    limitPrice: PositiveDecimal.optional(),
    stopPrice: PositiveDecimal.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'names nothing to change');
export type AmendOrderRequest = z.output<typeof AmendOrderRequest>;

export const FeesView = z.object({
  total: DecimalText,
  items: z.array(z.object({ name: z.string(), rate: RateText, base: DecimalText, amount: DecimalText })),
});
export type FeesView = z.infer<typeof FeesView>;

/** `fees` is their total; `netAmount` is gross plus fees of a purchase, gross less fees of a sale. */
export const FillView = z.object({
  executionId: z.string(),
  quantity: Quantity,
  price: DecimalText,
  time: z.iso.datetime(),
  grossAmount: DecimalText,
  fees: DecimalText,
  netAmount: DecimalText,
  settlementDate: z.iso.date(),
});
export type FillView = z.infer<typeof FillView>;

export const AmendmentView = z.object({
  clOrdId: z.string(),
  origClOrdId: z.string(),
  quantity: Quantity,
  limitPrice: DecimalText.nullable(),
  stopPrice: DecimalText.nullable(),
  requestedAt: z.iso.datetime(),
  outcome: z.enum(['PENDING', 'REPLACED', 'REFUSED']),
  reason: z.string().nullable(),
});

/** An order without its fills: what events carry. */
export const OrderSummary = z.object({
  orderId: z.string(),
  clientOrderId: z.string(),
  accountId: z.string(),
  symbol: z.string(),
  side: Side,
  type: OrderType,
  timeInForce: TimeInForce,
  expireDate: z.iso.date().nullable(),
  quantity: Quantity,
  limitPrice: DecimalText.nullable(),
  stopPrice: DecimalText.nullable(),
  reservePrice: DecimalText.nullable(),
  blockedAmount: DecimalText,
  status: OrderStatus,
  filledQuantity: z.int(),
  remainingQuantity: z.int(),
  bustedQuantity: z.int(),
  averagePrice: AveragePriceText.nullable(),
  rejectReason: z.string().nullable(),
  rejectText: z.string().nullable(),
  cancelReason: z.string().nullable(),
  cancelRequested: z.boolean(),
  waitingFor: z.enum(['EXCHANGE']).nullable(),
  triggeredAt: z.iso.datetime().nullable(),
  tradeDate: z.iso.date(),
  amendments: z.array(AmendmentView),
  fees: FeesView.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  correlationId: z.string(),
});
export type OrderSummary = z.infer<typeof OrderSummary>;

export const OrderView = OrderSummary.extend({ fills: z.array(FillView) });
export type OrderView = z.infer<typeof OrderView>;
export const OrderPage = pageOf(OrderView);

/** Newest first. `from`: none older than this instant. */
export const ListOrdersQuery = ListQuery.extend({
  status: OrderStatus.optional(),
  symbol: Ticker.optional(),
  clientOrderId: ClientOrderId.optional(),
  from: z.iso.datetime().optional(),
});
export type ListOrdersQuery = z.output<typeof ListOrdersQuery>;

export const OrderPath = z.strictObject({ orderId: z.string().min(1).max(64) });

/** One link of the order's audit chain, oldest first; `hash` covers all of the stored event and `previousHash`. */
export const AuditEventView = z.object({
  eventId: z.string(),
  seq: z.int(),
  type: z.string(),
  occurredAt: z.iso.datetime(),
  actor: z.string(),
  correlationId: z.string(),
  order: OrderSummary,
  fills: z.array(FillView),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEventView = z.infer<typeof AuditEventView>;
export const AuditPage = pageOf(AuditEventView);

/** What the client keeps of an ended order: the order with all its fills, as of the event number `seq` of its audit trail. */
export const ReceiptView = z.object({
  receiptId: z.string(),
  seq: z.int(),
  issuedAt: z.iso.datetime(),
  order: OrderView,
});
export type ReceiptView = z.infer<typeof ReceiptView>;
