import type { PriceMessage } from '@brokerage/contracts/stream';
import { priceView } from '../market-data/price-view.ts';
import type { StockPrice } from '../market-data/stock-price.ts';

/** A price as a client's stream carries it: the same figures as `GET /v1/prices/{symbol}` shows. */
export function priceMessage(stockPrice: StockPrice, nowMs: number): PriceMessage {
  const { symbol, price, change, volume, movingAverage5m, time } = priceView(stockPrice, nowMs);
  return { type: 'price', symbol, price, change, volume, movingAverage5m, time };
}

/** Frames for one connection, of the messages of its symbols as JSON: one for all of them, or one each. */
export function priceFrames(messages: readonly string[], grouped: boolean): readonly string[] {
  return grouped && messages.length > 1 ? [`{"type":"prices","items":[${messages.join()}]}`] : messages;
}
