import type { Side } from '@brokerage/contracts/exchange';
import { Side as BookSide, type LimitOrderOptions, OrderBook, SelfTradePreventionMode } from 'nodejs-order-book';

/** An order for the book. `rests`: what does not trade stays in the book; otherwise it is dropped. */
export interface BookOrder {
  readonly id: string;
  readonly account: string;
  readonly side: Side;
  readonly quantity: number;
  readonly limitCents: number;
  readonly rests: boolean;
}

/** One trade, at the resting order's price. */
export interface BookTrade {
  readonly restingId: string;
  readonly quantity: number;
  readonly priceCents: number;
}

/** `selfTrade`: the next order in line was the same account's, so the rest of the incoming one was dropped. */
export interface BookResult {
  readonly trades: readonly BookTrade[];
  readonly leavesQty: number;
  readonly selfTrade: boolean;
}

/** `done` holds limit orders only, as no stops are given to the library. */
type FilledOrder = { id: string; size: number; price: number };
type RestingOrder = { id: string; size: number; accountId: string };
interface Level {
  price(): number;
  volume(): number;
  toArray(): RestingOrder[];
}
interface BookHalf {
  minPriceQueue(): Level | undefined;
  maxPriceQueue(): Level | undefined;
  greaterThan(priceCents: number): Level | undefined;
  lowerThan(priceCents: number): Level | undefined;
  updateOrderSize(order: RestingOrder, change: { size: number; price: number }): unknown;
}
/** What the library keeps inside and has no public door to: its sides' levels, and its orders. */
interface BookInside {
  readonly bids: BookHalf;
  readonly asks: BookHalf;
  readonly orders: Record<string, RestingOrder & { side: BookSide; price: number }>;
}

/**
 * A price-time priority book of integer centavos, over `nodejs-order-book`. Stops, remainders and market orders are not left to the library: it
 * would mix their trades with the order's own. It stamps orders with the machine's clock; nothing here or in it reads the stamp.
 */
export class PriceTimeBook {
  readonly #book = new OrderBook();
  readonly #inside = this.#book as unknown as BookInside;
  /** Rises whenever the book may have changed. */
  changes = 0;

  /** Trades against the other side up to the limit, best price first, oldest first within a price. */
  execute(order: BookOrder): BookResult {
    this.changes += 1;
    const result = this.#book.limit(libraryOrder(order));
    const filled = (result.done as readonly FilledOrder[]).filter(({ id }) => id !== order.id);
    const trades = filled.map(({ id, size, price }) => ({ restingId: id, quantity: size, priceCents: price }));
    const partial = result.partial;
    if (partial !== null && partial.id !== order.id) {
      const quantity = result.partialQuantityProcessed;
      trades.push({ restingId: partial.id, quantity, priceCents: partial.price });
    }
    // The library's quantityLeft is wrong after a self-trade within a level: count the trades.
    const leavesQty = order.quantity - trades.reduce((sum, trade) => sum + trade.quantity, 0);
    if (!order.rests && leavesQty > 0) this.#book.cancel(order.id);
    return { trades, leavesQty, selfTrade: result.err !== null };
  }

  /** Takes a resting order out; nothing happens when it is not there. */
  remove(id: string): void {
    this.changes += 1;
    this.#book.cancel(id);
  }

  /** Lowers a resting order's quantity where it stands. The library's own `modify` would send it to the back of its price. */
  decrease(id: string, quantity: number): void {
    const order = this.#inside.orders[id];
    if (order === undefined) return;
    this.changes += 1;
    const half = order.side === BookSide.BUY ? this.#inside.bids : this.#inside.asks;
    half.updateOrderSize(order, { size: quantity, price: order.price });
  }

  /** Quantity still resting of an order, 0 when it is not in the book. */
  resting(id: string): number {
    return this.#inside.orders[id]?.size ?? 0;
  }

  /** Best price of a side and what rests there, or undefined. */
  best(side: Side): { priceCents: number; quantity: number } | undefined {
    const level = this.#firstLevel(side);
    return level && { priceCents: level.price(), quantity: level.volume() };
  }

  /** How much of `wanted` an order would trade at once, stopping in front of its own account's orders. */
  fillable(order: Pick<BookOrder, 'account' | 'side' | 'limitCents'>, wanted: number): number {
    let found = 0;
    const buys = order.side === 'BUY';
    let level = this.#firstLevel(buys ? 'SELL' : 'BUY');
    while (level !== undefined && found < wanted) {
      if (buys ? level.price() > order.limitCents : level.price() < order.limitCents) break;
      for (const resting of level.toArray()) {
        if (resting.accountId === order.account) return Math.min(found, wanted);
        found += resting.size;
      }
      level = buys ? this.#inside.asks.greaterThan(level.price()) : this.#inside.bids.lowerThan(level.price());
    }
    return Math.min(found, wanted);
  }

  #firstLevel(side: Side): Level | undefined {
    return side === 'BUY' ? this.#inside.bids.maxPriceQueue() : this.#inside.asks.minPriceQueue();
  }
}

function libraryOrder(order: BookOrder): LimitOrderOptions {
  return {
    id: order.id,
    side: order.side === 'BUY' ? BookSide.BUY : BookSide.SELL,
    size: order.quantity,
    price: order.limitCents,
    accountId: order.account,
    stpMode: SelfTradePreventionMode.EXPIRE_TAKER,
  };
}
