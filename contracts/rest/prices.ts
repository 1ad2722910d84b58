import * as z from 'zod';
import { AveragePriceText, DecimalText } from '../decimal-text.ts';
import { Ticker } from './orders.ts';
import { ListQuery, pageOf } from './paging.ts';

/**
 * An instrument's market as last heard. `price` is the last trade's, else the previous close; the figures from `open` on are of the trade date and null
 * (0) without trades on it; `movingAverage5m` is the mean price of the trades of the last five minutes. `stale`: nothing was heard for 15 seconds.
 */
export const PriceView = z.object({
  symbol: z.string(),
  price: DecimalText,
  open: DecimalText.nullable(),
  high: DecimalText.nullable(),
  low: DecimalText.nullable(),
  previousClose: DecimalText,
  change: DecimalText,
  bid: DecimalText.nullable(),
  ask: DecimalText.nullable(),
  volume: z.int(),
  vwap: AveragePriceText.nullable(),
  movingAverage5m: DecimalText.nullable(),
  time: z.iso.datetime(),
  stale: z.boolean(),
});
export type PriceView = z.infer<typeof PriceView>;
export const PricePage = pageOf(PriceView);

export const PricePath = z.strictObject({ symbol: Ticker });

/** `1d` is a trade date in São Paulo. */
export const CandleInterval = z.enum(['1m', '5m', '1d']);
export type CandleInterval = z.infer<typeof CandleInterval>;

/** Newest first. `from`: none that began before this instant. */
export const ListCandlesQuery = ListQuery.extend({ interval: CandleInterval, from: z.iso.datetime().optional() });
export type ListCandlesQuery = z.output<typeof ListCandlesQuery>;

/** Times without trades have no candle. */
export const CandleView = z.object({
  start: z.iso.datetime(),
  open: DecimalText,
  high: DecimalText,
  low: DecimalText,
  close: DecimalText,
  volume: z.int(),
  trades: z.int(),
});
export type CandleView = z.infer<typeof CandleView>;
export const CandlePage = pageOf(CandleView);
