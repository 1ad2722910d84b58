import type { LiveOrder } from './live-order.ts';

/** A symbol's waiting stops, each side in the order in which they trigger: nearest stop price first, then priority. */
export class StopOrders {
  readonly #buys: LiveOrder[] = [];
  readonly #sells: LiveOrder[] = [];

  add(order: LiveOrder): void {
    const queue = this.#queue(order);
    const place = queue.findIndex((other) => comesBefore(order, other));
    queue.splice(place === -1 ? queue.length : place, 0, order);
  }

  remove(order: LiveOrder): void {
    const queue = this.#queue(order);
    const place = queue.indexOf(order);
    if (place !== -1) queue.splice(place, 1);
  }

  /** Takes out the next stop that a last price triggers: a buy at or above its stop, a sale at or below. */
  takeTriggered(lastCents: number): LiveOrder | undefined {
    const buy = this.#buys[0];
    if (buy !== undefined && lastCents >= stopOf(buy)) return this.#buys.shift();
    const sell = this.#sells[0];
    if (sell !== undefined && lastCents <= stopOf(sell)) return this.#sells.shift();
    return undefined;
  }

  #queue(order: LiveOrder): LiveOrder[] {
    return order.side === 'BUY' ? this.#buys : this.#sells;
  }
}

function comesBefore(a: LiveOrder, b: LiveOrder): boolean {
  const byPrice = a.side === 'BUY' ? stopOf(a) - stopOf(b) : stopOf(b) - stopOf(a);
  return byPrice !== 0 ? byPrice < 0 : a.priority < b.priority;
}

function stopOf(order: LiveOrder): number {
  return order.stopPriceCents ?? 0;
}
