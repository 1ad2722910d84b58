import type { OrderView } from '@brokerage/contracts/rest/orders';
import { parseDecimal } from '@brokerage/domain/money/decimal';

/** A trade of the replay between two orders of the file. */
export interface ReplayedTrade {
  readonly symbol: string;
  readonly buyOrder: string;
  readonly sellOrder: string;
  readonly quantity: number;
  readonly priceCents: number;
}

/** Joins the two fills of each trade, which carry one execution id (unique within an instrument). `orders` by the file's order number. */
export function replayedTrades(orders: ReadonlyMap<string, OrderView>): ReplayedTrade[] {
  const sides = new Map<string, { orderNumber: string; side: string }>();
  const trades: ReplayedTrade[] = [];
  for (const [orderNumber, { symbol, side, fills }] of orders) {
    for (const { executionId, quantity, price } of fills) {
      const key = `${symbol} ${executionId}`;
      const other = sides.get(key);
      sides.set(key, { orderNumber, side });
      if (!other) continue;
      const [buyOrder, sellOrder] =
        side === 'BUY' ? [orderNumber, other.orderNumber] : [other.orderNumber, orderNumber];
      trades.push({ symbol, buyOrder, sellOrder, quantity, priceCents: parseDecimal(price) as number });
    }
  }
  return trades;
}
