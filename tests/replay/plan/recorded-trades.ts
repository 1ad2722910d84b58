import type { RecordedEvent } from '../recorded-day.ts';

/** A trade between two recorded orders. */
export interface RecordedTrade {
  readonly symbol: string;
  readonly buyOrder: string;
  readonly sellOrder: string;
  readonly quantity: number;
  readonly priceCents: number;
  /** The two records that tell of it. */
  readonly events: readonly [RecordedEvent, RecordedEvent];
}

/**
 * Pairs the Trade records: the exchange writes both sides of a trade one after the other, the resting order's with the price of the
 * trade (an aggressor's record has its own limit, or 0). A record without its other half tells of no trade that can be compared.
 */
export function recordedTrades(events: readonly RecordedEvent[]): RecordedTrade[] {
  const growth = quantityGrowth(events);
  const waiting = new Map<string, RecordedEvent>();
  const trades: RecordedTrade[] = [];
  for (const event of events) {
    if (event.kind !== 'TRADE') continue;
    const other = waiting.get(event.symbol);
    if (other && other.timeMs === event.timeMs && other.side !== event.side) {
      waiting.delete(event.symbol);
      trades.push(tradeOf(other, event, growth));
    } else waiting.set(event.symbol, event);
  }
  return trades;
}

function tradeOf(one: RecordedEvent, other: RecordedEvent, growth: ReadonlyMap<RecordedEvent, number>): RecordedTrade {
  const [buy, sell] = one.side === 'BUY' ? [one, other] : [other, one];
  const priced = one.aggression === 'PASSIVE' ? one : other;
  return {
    symbol: one.symbol,
    buyOrder: buy.orderNumber,
    sellOrder: sell.orderNumber,
    // An order that traded before the window opened has grown by more than this trade.
    quantity: Math.min(growth.get(one) ?? 0, growth.get(other) ?? 0),
    priceCents: priced.priceCents,
    events: [one, other],
  };
}

/** By how much each Trade record raises its order's filled quantity. */
function quantityGrowth(events: readonly RecordedEvent[]): ReadonlyMap<RecordedEvent, number> {
  const filled = new Map<string, number>();
  const growth = new Map<RecordedEvent, number>();
  for (const event of events) {
    const { orderNumber, filledQuantity } = event;
    growth.set(event, filledQuantity - (filled.get(orderNumber) ?? 0));
    filled.set(orderNumber, filledQuantity);
  }
  return growth;
}
