import type { BookOrder, BookResult } from '../exchange/price-time-book.ts';

type Resting = { readonly order: BookOrder; left: number };

/** A book that is right by being simple: a list searched from front to back. The oracle of the fast one. */
export class NaiveBook {
  readonly #resting: Resting[] = [];

  execute(order: BookOrder): BookResult {
    const trades: { restingId: string; quantity: number; priceCents: number }[] = [];
    let leavesQty = order.quantity;
    for (;;) {
      const best = this.#best(order);
      if (best === undefined || leavesQty === 0) break;
      if (best.order.account === order.account) return { trades, leavesQty, selfTrade: true };
      const quantity = Math.min(leavesQty, best.left);
      trades.push({ restingId: best.order.id, quantity, priceCents: best.order.limitCents });
      leavesQty -= quantity;
      best.left -= quantity;
      if (best.left === 0) this.#resting.splice(this.#resting.indexOf(best), 1);
    }
    if (order.rests && leavesQty > 0) this.#resting.push({ order, left: leavesQty });
    return { trades, leavesQty, selfTrade: false };
  }

  remove(id: string): void {
    const place = this.#resting.findIndex(({ order }) => order.id === id);
    if (place !== -1) this.#resting.splice(place, 1);
  }

  decrease(id: string, quantity: number): void {
    const resting = this.#resting.find(({ order }) => order.id === id);
    if (resting !== undefined) resting.left = quantity;
  }

  resting(id: string): number {
    return this.#resting.find(({ order }) => order.id === id)?.left ?? 0;
  }

  /** The oldest of the best-priced orders that the incoming one reaches. */
  #best(incoming: BookOrder): Resting | undefined {
    const buys = incoming.side === 'BUY';
    let best: Resting | undefined;
    for (const resting of this.#resting) {
      const { side, limitCents } = resting.order;
      const reached = buys ? limitCents <= incoming.limitCents : limitCents >= incoming.limitCents;
      if (side === incoming.side || !reached) continue;
      const better =
        best === undefined || (buys ? limitCents < best.order.limitCents : limitCents > best.order.limitCents);
      if (better) best = resting;
    }
    return best;
  }
}
