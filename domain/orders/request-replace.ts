import { replaceClOrdId } from '../identifiers.ts';
import { grossValue } from '../instruments/price.ts';
import type { Shares } from '../instruments/shares.ts';
import { type Cents, ZERO_CENTS } from '../money/cents.ts';
import { mayTrade } from '../risk/client-limits.ts';
import { guardFor } from './block-reserve.ts';
import { makeChange, withHold, withStatus } from './make-change.ts';
import { currentBand, type MarketSnapshot } from './market-snapshot.ts';
import { type Amendment, MAX_KEPT_AMENDMENTS, type Order, type OrderTerms } from './order.ts';
import type { ChangeContext, Decision } from './order-change.ts';
import { currentHold, holdDifference } from './order-hold.ts';
import { refuseLot, refuseStopAgainstLimit, refuseTick } from './order-request.ts';
import { type RefusalCode, type Refused, refuse } from './refusal.ts';
import { reservePriceOf } from './reserve-price.ts';
import { hasEnded, isOpen } from './status.ts';
import {
  type ExecutionFacts,
  refuseBand,
  refuseClosedMarket,
  refuseLimits,
  refuseShortfall,
  refuseStop,
} from './validate-for-execution.ts';

/** What the client wants changed; what is left out stays. `quantity` is the new total, filled shares included. */
export interface ReplaceRequest {
  readonly quantity?: Shares;
  readonly limitPriceCents?: Cents;
  readonly stopPriceCents?: Cents;
}

/**
 * Asks to amend an open order: PENDING_REPLACE under the next ClOrdID. What the dearer terms need more is blocked now, before
 * the exchange is asked (the guard is the store's condition); what cheaper ones need less is given back once it has
 * accepted. A refusal leaves the order as it is.
 */
export function requestReplace(
  order: Order,
  request: ReplaceRequest,
  facts: ExecutionFacts,
  context: ChangeContext,
): Decision<RefusalCode> {
  const refused = refuseState(order) ?? refusePriceFields(order, request);
  if (refused) return refused;
  const terms = amendedTerms(order, request, facts.market);
  const refusedTerms = refuseTerms(order, terms, facts);
  if (refusedTerms) return refusedTerms;
  const asked = withStatus(withPendingReplace(order, terms, context));
  const { order: held, entry } = withHold(asked, 'AMEND', context);
  const more = holdDifference(currentHold(order), currentHold(held));
  const short = refuseShortfall(more, facts);
  if (short) return short;
  const booked = { entries: [entry], guard: guardFor(more) };
  return { ok: true, change: makeChange(order, held, 'REPLACE_REQUESTED', context, booked) };
}

function refuseState(order: Order): Refused<'ORDER_NOT_OPEN' | 'ORDER_PENDING'> | null {
  if (hasEnded(order.status)) return refuse('ORDER_NOT_OPEN', { status: order.status });
  return isOpen(order.status) ? null : refuse('ORDER_PENDING', { status: order.status });
}

/** Only a price that the order has can change: a market order gets a limit once it rests. */
function refusePriceFields(order: Order, request: ReplaceRequest): Refused<RefusalCode> | null {
  const { type } = order;
  if (request.limitPriceCents !== undefined && order.limitPriceCents === null)
    return refuse('LIMIT_PRICE_NOT_ALLOWED', { type });
  if (request.stopPriceCents !== undefined && order.stopPriceCents === null)
    return refuse('STOP_PRICE_NOT_ALLOWED', { type });
  return null;
}

function amendedTerms(order: Order, request: ReplaceRequest, market: MarketSnapshot | null): OrderTerms {
  const wanted = {
    quantity: request.quantity ?? order.quantity,
    limitPriceCents: request.limitPriceCents ?? order.limitPriceCents,
    stopPriceCents: request.stopPriceCents ?? order.stopPriceCents,
  };
  const isRepriced = wanted.limitPriceCents !== order.limitPriceCents || wanted.stopPriceCents !== order.stopPriceCents;
  if (!isRepriced) return { ...wanted, reservePriceCents: order.reservePriceCents };
  const references = { referenceCents: market?.lastCents ?? null, tickCents: order.tickCents, band: null };
  return { ...wanted, reservePriceCents: reservePriceOf({ ...order, ...wanted }, references) };
}

function refuseTerms(order: Order, terms: OrderTerms, facts: ExecutionFacts): Refused<RefusalCode> | null {
  const { filledQuantity, side } = order;
  const wanted = { ...order, ...terms };
  const isStopMoved = terms.stopPriceCents !== order.stopPriceCents;
  const isSame = terms.quantity === order.quantity && terms.limitPriceCents === order.limitPriceCents && !isStopMoved;
  if (isSame) return refuse('NOTHING_TO_CHANGE');
  if (terms.quantity <= filledQuantity)
    return refuse('QUANTITY_NOT_ABOVE_FILLED', { quantity: terms.quantity, filledQuantity });
  if (!mayTrade(facts.accountState, side)) return refuse('ACCOUNT_RESTRICTED', { accountState: facts.accountState });
  const value = grossValue(terms.quantity, terms.reservePriceCents ?? ZERO_CENTS);
  return (
    refuseLot(terms.quantity, facts.instrument) ??
    refuseTick(terms, order.tickCents) ??
    refuseClosedMarket(facts) ??
    refuseBand(wanted, currentBand(facts.instrument, facts.market)) ??
    (isStopMoved ? refuseStop(wanted, facts.market) : refuseStopAgainstLimit(wanted)) ??
    refuseLimits(terms.quantity, value, facts.limits)
  );
}

function withPendingReplace(order: Order, terms: OrderTerms, { atMs }: ChangeContext): Order {
  const amendmentCount = order.amendmentCount + 1;
  const clOrdId = replaceClOrdId(order.orderId, amendmentCount + 1);
  const amendment: Amendment = {
    ...terms,
    clOrdId,
    origClOrdId: order.clOrdId,
    requestedAtMs: atMs,
    outcome: 'PENDING',
    reason: null,
  };
  return {
    ...order,
    amendments: [...order.amendments, amendment].slice(-MAX_KEPT_AMENDMENTS),
    amendmentCount,
    pendingRequest: { kind: 'REPLACE', clOrdId, accepted: false, otherTerms: terms },
  };
}
