import { assert } from '../assert.ts';
import { saoPauloDate } from '../calendar/instant.ts';
import { tradeDateAt } from '../calendar/trading-calendar.ts';
import { NO_FEES } from '../fees/fee-amounts.ts';
import type { FeeBand } from '../fees/fee-schedule.ts';
import { type AccountId, firstClOrdId, type OrderId } from '../identifiers.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { ZERO_SHARES } from '../instruments/shares.ts';
import { ZERO_CENTS } from '../money/cents.ts';
import { makeChange } from './make-change.ts';
import type { Order } from './order.ts';
import type { ChangeContext, Decision } from './order-change.ts';
import { type OrderRequest, refuseRequest } from './order-request.ts';
import type { RequestRefusal } from './refusal.ts';

/** Who sends an order, and the identity it gets. */
export interface OrderOrigin {
  readonly orderId: OrderId;
  readonly accountId: AccountId;
  readonly clientOrderId: string;
  readonly feeBand: FeeBand;
}

/**
 * Takes a client's order: version 1, PENDING_NEW, audit event 1, nothing blocked. Received at the context's instant.
 * Refused at once for what the request and the instrument decide (`null`: no such symbol), in the order of `REQUEST_REFUSALS`.
 */
export function acceptOrder(
  request: OrderRequest,
  origin: OrderOrigin,
  instrument: Instrument | null,
  context: ChangeContext,
): Decision<RequestRefusal> {
  const refused = refuseRequest(request, instrument, saoPauloDate(context.atMs));
  if (refused) return refused;
  assert(instrument !== null, 'an accepted order has an instrument');
  return {
    ok: true,
    change: makeChange(null, newOrder(request, origin, instrument, context), 'ORDER_ACCEPTED', context),
  };
}

function newOrder(request: OrderRequest, origin: OrderOrigin, instrument: Instrument, context: ChangeContext): Order {
  return {
    ...origin,
    ...request,
    version: 0,
    correlationId: context.correlationId,
    isin: instrument.isin,
    lotSize: instrument.lotSize,
    tickCents: instrument.tickCents,
    reservePriceCents: null,
    status: 'PENDING_NEW',
    exchangeState: 'UNSENT',
    clOrdId: firstClOrdId(origin.orderId),
    pendingRequest: null,
    amendments: [],
    amendmentCount: 0,
    cancelAttempts: 0,
    cancelRequested: false,
    waitingFor: null,
    rejectReason: null,
    rejectText: null,
    cancelReason: null,
    filledQuantity: ZERO_SHARES,
    bustedQuantity: ZERO_SHARES,
    announcedQuantity: ZERO_SHARES,
    executionIds: [],
    grossCentsByTradeDate: {},
    bustedGrossCents: ZERO_CENTS,
    fees: NO_FEES,
    blockedCents: ZERO_CENTS,
    blockedQuantity: ZERO_SHARES,
    receivedAtMs: context.atMs,
    updatedAtMs: context.atMs,
    triggeredAtMs: null,
    tradeDate: tradeDateAt(context.atMs, context.calendar),
    auditSeq: 0,
    auditHash: '',
  };
}
