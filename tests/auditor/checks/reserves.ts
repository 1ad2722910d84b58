import type { Books, FillRecord, OrderRecord } from '../books.ts';
import { addedFees } from '../fee-rates.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';
import { groupBy, sumOf } from '../grouping.ts';
import { hasEnded } from '../order-states.ts';

/**
 * What each order holds is what it can still cost, by a formula of the auditor's own; what a client has blocked is what the
 * client's orders hold (I3); and no fill is on the wrong side of the price that was reserved.
 */
export const RESERVES: Check = { name: 'reserves', findIn };

function* findIn({ orders, fills, balances, positions }: Books): Generator<Doubt> {
  const fillsOf = groupBy(fills, (fill) => fill.orderId);
  for (const order of orders) {
    const own = fillsOf.get(order.orderId) ?? [];
    yield* mustEqual(
      order.orderId,
      'its reserve',
      order.blockedCents,
      order.side === 'BUY' ? reserveOf(order, own) : 0,
    );
    const shares = order.side === 'SELL' ? fillable(order) : 0;
    yield* mustEqual(order.orderId, 'its blocked shares', order.blockedQuantity, shares);
    yield* beyondReservePrice(order, own);
  }
  const byAccount = groupBy(orders, (order) => order.accountId);
  for (const { accountId, blockedCents } of balances) {
    const held = sumOf(byAccount.get(accountId) ?? [], (order) => order.blockedCents);
    yield* mustEqual(`I3 ${accountId}`, 'blocked', blockedCents, held);
  }
  const byHolding = groupBy(orders, (order) => `${order.accountId} ${order.isin}`);
  for (const { accountId, isin, blockedQuantity } of positions) {
    const held = sumOf(byHolding.get(`${accountId} ${isin}`) ?? [], (order) => order.blockedQuantity);
    yield* mustEqual(`${accountId} ${isin}`, 'blocked shares', blockedQuantity, held);
  }
}

/** K = remaining × L + Σ [trunc(r × (C + remaining × L)) − trunc(r × C)], C the gross filled on the last day of fills. */
function reserveOf(order: OrderRecord, fills: readonly FillRecord[]): number {
  const gross = fillable(order) * worstPrice(order);
  const lastDate = fills
    .map(({ tradeDate }) => tradeDate)
    .sort()
    .at(-1);
  const already = sumOf(fills, (fill) => (fill.tradeDate === lastDate ? fill.quantity * fill.priceCents : 0));
  return gross + addedFees(already, gross, order.feeBand);
}

/** While a replacement is pending, either form may be filled. Once the exchange has ended it, only what it told of. */
function fillable(order: OrderRecord): number {
  if (order.exchangeState === 'UNSENT' || hasEnded(order.status)) return 0;
  const isEndedThere = hasEnded(order.exchangeState);
  const total = isEndedThere
    ? order.announcedQuantity
    : Math.max(order.quantity, order.pendingRequest?.otherTerms?.quantity ?? 0);
  return Math.max(0, total - order.filledQuantity);
}

function worstPrice(order: OrderRecord): number {
  const other = order.pendingRequest?.otherTerms;
  return Math.max(reservePrice(order), other ? reservePrice(other) : 0);
}

function reservePrice({
  limitPriceCents,
  reservePriceCents,
}: Pick<OrderRecord, 'limitPriceCents' | 'reservePriceCents'>): number {
  return limitPriceCents ?? reservePriceCents ?? 0;
}

/** Amendments move the price, so what was filled before one says nothing of the price after it. */
function* beyondReservePrice(order: OrderRecord, fills: readonly FillRecord[]): Generator<Doubt> {
  if (order.amendments.length > 0) return;
  const limit = reservePrice(order);
  for (const { executionId, priceCents } of fills) {
    const isBeyond = order.side === 'BUY' ? priceCents > limit : priceCents < limit;
    if (isBeyond)
      yield { subject: order.orderId, detail: `fill ${executionId} at ${priceCents} is beyond its ${limit}` };
  }
}
