/**
 * The wire between the brokerage and the exchange (simulated B3): order entry, execution reports, queries, market data, admin panel.
 *
 * HTTP, JSON, `authorization: Bearer <key>`; without it 401, but for the admin panel. Names are FIX's; prices are integer centavos, quantities integer shares, times
 * epoch milliseconds, dates São Paulo dates (`2026-11-24`). A well-formed message is always answered 200, a refusal included (ordStatus
 * REJECTED or a reject report is *definite*); 400 and 401 mean that nothing was done; 5xx, a timeout or no answer mean *unknown*.
 *
 *     POST  /orders                     NewOrder           → RequestAnswer
 *     POST  /cancels                    CancelRequest      → RequestAnswer
 *     POST  /replacements               ReplaceRequest     → RequestAnswer
 *     GET   /orders/{clOrdId}                              → OrderState, 404 {code: UNKNOWN_ORDER, message}
 *     GET   /executions?since=&limit=   seq > since        → ExecutionsPage (gap recovery)
 *     GET   /instruments                                   → InstrumentList
 *     GET   /market-data?symbols=A,B    all when absent    → MarketData
 *     GET   /ping                       cheap, no key; under the faults, unlike /health → Ping
 *     GET   /health                     no key, never faulted
 *     PUT   /admin/faults  DELETE /admin/faults  GET /admin/faults  PUT /admin/clock  PUT /admin/session
 *     PUT   /admin/market             MarketSetting
 *     GET   /admin/market                                  → MarketTraders
 *     PUT   /admin/listing            ListingSetting: instruments of a recorded day
 *     POST  /admin/trades             RecordedTrades: what was traded on it
 *
 * A ClOrdID, be it of an order, a cancel or a replacement, is answered once; repeated, the first answer comes again (same ExecIDs).
 * Reports are POSTed to the brokerage's webhook as a ReportsDelivery until it answers 2xx.
 */
import * as z from 'zod';

const shares = z.int().min(0).max(1_000_000_000_000);
const cents = z.int().min(1).max(100_000_000_000);
const timeMs = z.int();
const date = z.iso.date();

/** 1 to 64 of letters, digits, `-`, `_` and `.`; by convention `ORD-…`, its replacements `ORD-….2`, `.3`. */
export const ClOrdId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);

export const Side = z.enum(['BUY', 'SELL']);
export type Side = z.infer<typeof Side>;
export const OrdType = z.enum(['MARKET', 'LIMIT', 'STOP', 'STOP_LIMIT']);
export type OrdType = z.infer<typeof OrdType>;
export const TimeInForce = z.enum(['DAY', 'IOC', 'FOK', 'GTC', 'GTD']);
export type TimeInForce = z.infer<typeof TimeInForce>;

/** The exchange's order states. It decides at once, so it has no pending ones. A waiting stop is NEW; a replaced order keeps its state. */
export const OrdStatus = z.enum(['NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'REJECTED', 'EXPIRED']);
export type OrdStatus = z.infer<typeof OrdStatus>;

/**
 * FIX ExecType. TRIGGERED: a stop entered the book. RESTATED: what a MARKET or triggered STOP left unfilled now rests as a limit at
 * `priceCents` (B3's market-to-limit). CANCEL_REJECTED and REPLACE_REJECTED are FIX's OrderCancelReject: the order itself is unchanged.
 */
export const ExecType = z.enum([
  'NEW',
  'TRADE',
  'CANCELED',
  'REPLACED',
  'REJECTED',
  'EXPIRED',
  'TRIGGERED',
  'RESTATED',
  'CANCEL_REJECTED',
  'REPLACE_REJECTED',
]);
export type ExecType = z.infer<typeof ExecType>;

/** Why a message was refused, in the order in which the exchange checks. TOMBSTONE: this ClOrdID was cancelled before it arrived. */
export const RejectReason = z.enum([
  'TOMBSTONE',
  'REFUSED',
  'UNKNOWN_ORDER',
  'TOO_LATE',
  'UNKNOWN_SYMBOL',
  'MARKET_CLOSED',
  'INVALID_ORDER',
  'INVALID_QUANTITY',
  'INVALID_LOT',
  'INVALID_TICK',
  'INVALID_EXPIRE_DATE',
  'INVALID_STOP_PRICE',
  'PRICE_OUT_OF_BAND',
]);
export type RejectReason = z.infer<typeof RejectReason>;

/** Why an order was CANCELED. TOMBSTONE: a cancel came for a ClOrdID that the exchange does not know; from now on it is refused. */
export const CancelReason = z.enum([
  'REQUESTED',
  'TOMBSTONE',
  'IOC_REMAINDER',
  'FOK_NOT_FILLED',
  'SELF_TRADE',
  'PRICE_OUT_OF_BAND',
]);
export type CancelReason = z.infer<typeof CancelReason>;

/**
 * `account` is the investor (self-trade prevention goes by it). `priceCents`: LIMIT, STOP_LIMIT. `stopPriceCents`: STOP, STOP_LIMIT.
 * `protectionPriceCents`: worst price of a MARKET or a triggered STOP; without it the band protects. `expireDate`: GTD, inclusive.
 */
export const NewOrder = z.strictObject({
  clOrdId: ClOrdId,
  account: z.string().min(1).max(64),
  symbol: z.string().min(1).max(12),
  side: Side,
  ordType: OrdType,
  timeInForce: TimeInForce,
  quantity: shares.min(1),
  priceCents: cents.optional(),
  stopPriceCents: cents.optional(),
  protectionPriceCents: cents.optional(),
  expireDate: date.optional(),
});
export type NewOrder = z.infer<typeof NewOrder>;

/** `origClOrdId` may be any ClOrdID that the order has had. An unknown one is tombstoned and answered CANCELED with CumQty 0. */
export const CancelRequest = z.strictObject({ clOrdId: ClOrdId, origClOrdId: ClOrdId });
export type CancelRequest = z.infer<typeof CancelRequest>;

/** `quantity` is the TOTAL (new LeavesQty = quantity − CumQty). Absent fields stay. Priority is kept when only the quantity falls. */
export const ReplaceRequest = z.strictObject({
  clOrdId: ClOrdId,
  origClOrdId: ClOrdId,
  quantity: shares.min(1).optional(),
  priceCents: cents.optional(),
  stopPriceCents: cents.optional(),
  protectionPriceCents: cents.optional(),
});
export type ReplaceRequest = z.infer<typeof ReplaceRequest>;

/**
 * One event of one order. `seq` counts all reports of the exchange to this member, from 1, without gaps. `execId` is unique per symbol only;
 * both sides of a trade carry the same one. `firstClOrdId` is the ClOrdID the order entered with and never changes; `clOrdId` is the
 * request answered (NEW, REPLACED, CANCELED, rejects) or the order's current one (all else); `origClOrdId` is what a cancel or replacement
 * named. Order fields (`orderQty` … `leavesQty`) are those after the event; on a tombstone's CANCELED and a reject of an unknown
 * order they are null and 0. `lastQty`, `lastPxCents`, `aggressor` are for TRADE only.
 */
export const ExecutionReport = z.strictObject({
  seq: z.int().min(1),
  execId: z.string(),
  execType: ExecType,
  ordStatus: OrdStatus,
  firstClOrdId: ClOrdId,
  clOrdId: ClOrdId,
  origClOrdId: ClOrdId.nullable(),
  account: z.string().nullable(),
  symbol: z.string().nullable(),
  side: Side.nullable(),
  ordType: OrdType.nullable(),
  timeInForce: TimeInForce.nullable(),
  orderQty: shares,
  priceCents: cents.nullable(),
  stopPriceCents: cents.nullable(),
  lastQty: shares.nullable(),
  lastPxCents: cents.nullable(),
  aggressor: z.boolean().nullable(),
  cumQty: shares,
  leavesQty: shares,
  rejectReason: RejectReason.nullable(),
  cancelReason: CancelReason.nullable(),
  tradeDate: date,
  transactTimeMs: timeMs,
});
export type ExecutionReport = z.infer<typeof ExecutionReport>;

/** State and reports are those of the moment of the first answer, and stay so when the request is repeated. */
export const RequestAnswer = z.strictObject({
  clOrdId: ClOrdId,
  firstClOrdId: ClOrdId,
  ordStatus: OrdStatus,
  cumQty: shares,
  leavesQty: shares,
  executions: z.array(ExecutionReport),
});
export type RequestAnswer = z.infer<typeof RequestAnswer>;

/**
 * What the exchange knows NOW of a ClOrdID, whatever it named: `kind` says what it was. The state is the order's (a cancel's is that of the order
 * it named); `executions` are all reports of that order, under each of its ClOrdIDs, in order of `seq`.
 * TOMBSTONE: cancelled before it arrived; CANCELED, CumQty 0, and refused for ever (also for a replacement's ClOrdID).
 */
export const OrderState = z.strictObject({
  kind: z.enum(['ORDER', 'REPLACEMENT', 'CANCEL', 'TOMBSTONE']),
  clOrdId: ClOrdId,
  firstClOrdId: ClOrdId,
  currentClOrdId: ClOrdId,
  ordStatus: OrdStatus,
  orderQty: shares,
  priceCents: cents.nullable(),
  stopPriceCents: cents.nullable(),
  cumQty: shares,
  leavesQty: shares,
  executions: z.array(ExecutionReport),
});
export type OrderState = z.infer<typeof OrderState>;

/** Reports with seq > since, oldest first. `lastSeq` is the newest of the exchange; done when the page reaches it. */
export const ExecutionsPage = z.strictObject({ reports: z.array(ExecutionReport), lastSeq: z.int().min(0) });
export type ExecutionsPage = z.infer<typeof ExecutionsPage>;

/** Body of the webhook: consecutive `seq`, at most 50. Answer 2xx once it is safe; anything else brings it again. */
export const ReportsDelivery = z.strictObject({ reports: z.array(ExecutionReport).min(1) });
export type ReportsDelivery = z.infer<typeof ReportsDelivery>;

/** Epoch milliseconds, in decimal. */
export const EXCHANGE_TIMESTAMP_HEADER = 'x-exchange-timestamp';
/** Lower-case hex of HMAC-SHA256(webhook secret, `${timestamp}.${rawBody}`). */
export const EXCHANGE_SIGNATURE_HEADER = 'x-exchange-signature';

/** `mainSymbol` is the round-lot ticker of a fractional one (same ISIN), else the symbol itself. */
export const ExchangeInstrument = z.strictObject({
  symbol: z.string(),
  mainSymbol: z.string(),
  isin: z.string(),
  name: z.string(),
  fractional: z.boolean(),
  lotSize: z.int().min(1),
  maxOrderQuantity: shares.nullable(),
  tickCents: z.int().min(1),
  quotationFactor: z.int().min(1),
  previousCloseCents: cents,
});
export type ExchangeInstrument = z.infer<typeof ExchangeInstrument>;
export const InstrumentList = z.strictObject({ instruments: z.array(ExchangeInstrument) });
export type InstrumentList = z.infer<typeof InstrumentList>;

/**
 * Figures of the trade date so far. `turnoverCents` is the sum of price × quantity at the prices as they are quoted: over `tradedQty` it is their weighted
 * average, and where a price is for `quotationFactor` shares the money that changed hands is that part of it. Limits are inclusive: no buy above the upper, no
 * sale below the lower.
 */
export const Quote = z.strictObject({
  symbol: z.string(),
  lastCents: cents.nullable(),
  lastTimeMs: timeMs.nullable(),
  bidCents: cents.nullable(),
  bidQty: shares,
  askCents: cents.nullable(),
  askQty: shares,
  openCents: cents.nullable(),
  highCents: cents.nullable(),
  lowCents: cents.nullable(),
  tradedQty: shares,
  turnoverCents: z.int().min(0),
  trades: z.int().min(0),
  previousCloseCents: cents,
  lowerLimitCents: cents,
  upperLimitCents: cents,
});
export type Quote = z.infer<typeof Quote>;

/** `endsAtMs` is when DAY orders entered now expire; `opensAtMs` is null while open, and while closed by hand. */
export const ExchangeSession = z.strictObject({
  state: z.enum(['OPEN', 'CLOSED']),
  tradeDate: date,
  opensAtMs: timeMs.nullable(),
  endsAtMs: timeMs,
});
export type ExchangeSession = z.infer<typeof ExchangeSession>;
export const MarketData = z.strictObject({ nowMs: timeMs, session: ExchangeSession, quotes: z.array(Quote) });
export type MarketData = z.infer<typeof MarketData>;
export const Ping = z.strictObject({ nowMs: timeMs });
export type Ping = z.infer<typeof Ping>;

/**
 * One fault of the panel, on all but /admin and /health; several may be on, one of each name. `probability` by request (by delivery for the report
 * faults). `ms`: the latency. latency: late answer · error: 503, nothing done · hang: read, nothing done, never answered · lost-answer: done, never
 * answered · refuse: REJECTED for good · down: connection destroyed, no webhooks either · duplicate-reports · reorder-reports · hold-reports: none
 * until taken off · hold-market-data: the feed is silent until then.
 */
export const ExchangeFault = z.strictObject({
  fault: z.enum([
    'latency',
    'error',
    'hang',
    'lost-answer',
    'refuse',
    'down',
    'duplicate-reports',
    'reorder-reports',
    'hold-reports',
    'hold-market-data',
  ]),
  probability: z.number().min(0).max(1).default(1),
  ms: z.int().min(0).max(600_000).default(0),
});
export type ExchangeFault = z.infer<typeof ExchangeFault>;

/**
 * Sets the exchange's clock: to an instant, or to an offset from the machine's. It runs on from there; what fell due happens before the answer. With
 * `isLast`, of a row of steps, its webhooks have been taken before the answer, too, or could not be delivered.
 */
export const ClockSetting = z.union([
  z.strictObject({ nowMs: timeMs, isLast: z.boolean().optional() }),
  z.strictObject({ offsetMs: timeMs }),
]);
export type ClockSetting = z.infer<typeof ClockSetting>;

/** Makers quote both sides; noise traders move prices. `openingCents` sets an instrument's previous close and forgets its trades. */
export const MarketSetting = z.strictObject({
  makers: z.boolean().optional(),
  noise: z.boolean().optional(),
  openingCents: z.record(z.string(), cents).optional(),
});
export type MarketSetting = z.infer<typeof MarketSetting>;

/** Who of the exchange's own trades now. */
export const MarketTraders = z.strictObject({ makers: z.boolean(), noise: z.boolean() });
export type MarketTraders = z.infer<typeof MarketTraders>;

/** Instruments of a recorded day: new ones are listed for good, and each begins the day anew, at its previous close and without trades. */
export const ListingSetting = z.strictObject({ instruments: z.array(ExchangeInstrument).min(1).max(20_000) });
export type ListingSetting = z.infer<typeof ListingSetting>;

/** Trades of a recorded day, in order: each goes through the book, between two investors of no member. */
export const RecordedTrades = z.strictObject({
  trades: z
    .array(z.strictObject({ symbol: z.string().min(1).max(12), priceCents: cents, quantity: shares.min(1) }))
    .min(1)
    .max(1_000),
});
export type RecordedTrades = z.infer<typeof RecordedTrades>;

/** `open` overrules the calendar; null gives it back. */
export const SessionSetting = z.strictObject({ open: z.boolean().nullable() });
export type SessionSetting = z.infer<typeof SessionSetting>;
