/**
 * Market data from the exchange to the brokerage: signed like the execution reports, `POST /v1/exchange/market-data`. Prices are integer
 * centavos, quantities integer shares, times epoch milliseconds.
 */
import * as z from 'zod';
import { Quote } from './exchange.ts';

/**
 * One change of one instrument's market. `seq` counts all ticks of the exchange, from 1, without gaps; a symbol's ticks have rising `seq`s and so
 * an order of their own. `trade` is null when only the book's best prices changed, or when nothing did for a second. `figures` are those
 * of the trade date right after the tick, so that the newest tick of a symbol says all there is to know.
 */
export const MarketTick = z.strictObject({
  seq: z.int().min(1),
  symbol: z.string().min(1).max(12),
  tradeDate: z.iso.date(),
  timeMs: z.int(),
  trade: z.strictObject({ tradeId: z.string(), priceCents: z.int().min(1), quantity: z.int().min(1) }).nullable(),
  figures: Quote,
});
export type MarketTick = z.infer<typeof MarketTick>;

export const MAX_TICKS_PER_DELIVERY = 500;

/** Body of the webhook: consecutive `seq`. Answer 2xx once it is safe; anything else brings it again. */
export const MarketDataDelivery = z.strictObject({ ticks: z.array(MarketTick).min(1).max(MAX_TICKS_PER_DELIVERY) });
export type MarketDataDelivery = z.infer<typeof MarketDataDelivery>;
