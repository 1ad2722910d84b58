import { isOpen, type LiveOrder, leavesQty } from './live-order.ts';
import type { BookOrder, BookResult } from './price-time-book.ts';
import type { SymbolMarket } from './symbol-market.ts';
import { endOrder, fillOrder, marketOf, type TradingFloor } from './trading-floor.ts';

/** Trades an order against the book and books and reports both sides. `member` is the incoming order when a member sent it, not a maker. */
export function match(floor: TradingFloor, market: SymbolMarket, incoming: BookOrder, member?: LiveOrder): BookResult {
  const result = market.book.execute(incoming);
  for (const { restingId, quantity: lastQty, priceCents: lastPxCents } of result.trades) {
    market.recordTrade(lastPxCents, lastQty, floor.moment.atMs, floor.moment.tradeDate);
    const execId = market.nextExecId();
    floor.feed.addTrade(market, { tradeId: execId, priceCents: lastPxCents, quantity: lastQty }, floor.moment);
    const resting = floor.open.get(restingId);
    if (resting === undefined) market.makersHit = true;
    if (member !== undefined) fillOrder(floor, member, { execId, lastQty, lastPxCents, aggressor: true });
    if (resting !== undefined) fillOrder(floor, resting, { execId, lastQty, lastPxCents, aggressor: false });
  }
  return result;
}

/**
 * Brings an open order that is not a waiting stop to the book, and deals with what does not trade: it rests (a MARKET or triggered STOP becomes a
 * limit at its last trade's price, B3's market-to-limit), or is cancelled (IOC, FOK, self-trade: the aggressor goes).
 */
export function workOrder(floor: TradingFloor, order: LiveOrder): void {
  const market = marketOf(floor, order);
  const incoming = {
    id: order.firstClOrdId,
    account: order.account,
    side: order.side,
    quantity: leavesQty(order),
    limitCents: order.priceCents ?? marketLimit(market, order),
    rests: order.priceCents !== null && order.timeInForce !== 'IOC' && order.timeInForce !== 'FOK',
  };
  if (order.timeInForce === 'FOK' && market.book.fillable(incoming, incoming.quantity) < incoming.quantity) {
    endOrder(floor, order, { as: 'CANCELED', cancelReason: 'FOK_NOT_FILLED' });
    return;
  }
  const { trades, selfTrade } = match(floor, market, incoming, order);
  if (!isOpen(order)) return;
  if (selfTrade) endOrder(floor, order, { as: 'CANCELED', cancelReason: 'SELF_TRADE' });
  else if (order.timeInForce === 'IOC') endOrder(floor, order, { as: 'CANCELED', cancelReason: 'IOC_REMAINDER' });
  else if (order.priceCents === null) restAsLimit(floor, market, order, incoming.limitCents, trades.at(-1)?.priceCents);
}

/** Triggers stops until none is due at the last price; each may move it. */
export function triggerStops(floor: TradingFloor, market: SymbolMarket): void {
  for (;;) {
    const { lastCents } = market.figures;
    const order = lastCents === null ? undefined : market.stops.takeTriggered(lastCents);
    if (order === undefined) return;
    order.waiting = false;
    order.priority = floor.reports.add(order, floor.moment, { execType: 'TRIGGERED', execId: market.nextExecId() });
    if (order.priceCents !== null && outOfBand(market, order, order.priceCents)) {
      endOrder(floor, order, { as: 'CANCELED', cancelReason: 'PRICE_OUT_OF_BAND' });
    } else {
      workOrder(floor, order);
    }
  }
}

/** One-sided: a buy above the upper limit, a sale below the lower. */
export function outOfBand(market: SymbolMarket, order: Pick<LiveOrder, 'side'>, priceCents: number): boolean {
  const { lowerCents, upperCents } = market.band;
  return order.side === 'BUY' ? priceCents > upperCents : priceCents < lowerCents;
}

/**
 * B3's market order trades at the best opposite price only, and rests there with what is left; those that do not rest go as far as their
 * protection.
 */
function marketLimit(market: SymbolMarket, order: LiveOrder): number {
  const worstCents = protection(market, order);
  const best = market.book.best(order.side === 'BUY' ? 'SELL' : 'BUY');
  if (order.ordType !== 'MARKET' || order.timeInForce !== 'DAY' || best === undefined) return worstCents;
  return order.side === 'BUY' ? Math.min(best.priceCents, worstCents) : Math.max(best.priceCents, worstCents);
}

/** The worst price an order without a limit may trade at: its protection, but never outside the band. */
function protection(market: SymbolMarket, order: LiveOrder): number {
  const { lowerCents, upperCents } = market.band;
  const ownCents = order.protectionPriceCents;
  return order.side === 'BUY'
    ? Math.min(ownCents ?? upperCents, upperCents)
    : Math.max(ownCents ?? lowerCents, lowerCents);
}

function restAsLimit(
  floor: TradingFloor,
  market: SymbolMarket,
  order: LiveOrder,
  worstCents: number,
  ownLastCents: number | undefined,
): void {
  // Without a trade of its own it takes the market's last price, which may lie beyond its protection.
  const wantedCents = ownLastCents ?? market.referenceCents;
  order.priceCents = order.side === 'BUY' ? Math.min(wantedCents, worstCents) : Math.max(wantedCents, worstCents);
  order.priority = floor.reports.add(order, floor.moment, { execType: 'RESTATED', execId: market.nextExecId() });
  placeInBook(market, order);
}

/** Puts an order that crosses nothing into the book, behind all others of its price. */
export function placeInBook(market: SymbolMarket, order: LiveOrder): void {
  const { firstClOrdId: id, account, side, priceCents } = order;
  if (priceCents === null) throw new Error(`${id} has no price to rest at`);
  const { trades, leavesQty: rest } = market.book.execute({
    id,
    account,
    side,
    quantity: leavesQty(order),
    limitCents: priceCents,
    rests: true,
  });
  if (trades.length > 0 || rest !== leavesQty(order)) throw new Error(`${id} was placed at a price that trades`);
}
