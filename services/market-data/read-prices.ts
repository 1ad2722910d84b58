import type { CandleInterval, CandleView, ListCandlesQuery, PriceView } from '@brokerage/contracts/rest/prices';
import * as z from 'zod';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import type { CandlesStore } from './candles-store.ts';
import { candleView, priceView } from './price-view.ts';
import type { StockPricesStore } from './stock-prices-store.ts';

interface List<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

const PricesPlace = z.strictObject({ after: z.string() });
const CandlesPlace = z.strictObject({ before: z.int() });

const unknownSymbol = (symbol: string) =>
  problem('NOT_FOUND', { detail: `no price of ${symbol} was ever heard`, facts: { symbol } });

export async function getPrice(
  symbol: string,
  nowMs: number,
  prices: Pick<StockPricesStore, 'find'>,
): Promise<ApiAnswer<PriceView>> {
  const price = await prices.find(symbol);
  return price ? answer(priceView(price, nowMs)) : unknownSymbol(symbol);
}

/** By symbol within a page; pages come in the table's own order. */
export async function listPrices(
  query: { readonly cursor?: string | undefined; readonly limit: number },
  nowMs: number,
  store: Pick<StockPricesStore, 'list'>,
): Promise<ApiAnswer<List<PriceView>>> {
  const place = decodeCursor(PricesPlace, query.cursor);
  if (place === null) return problem('INVALID_CURSOR');
  const { prices, lastSymbol } = await store.list(place?.after ?? null, query.limit);
  const items = prices.map((price) => priceView(price, nowMs)).sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  return answer({ items, nextCursor: lastSymbol === null ? null : encodeCursor({ after: lastSymbol }) });
}

/** Newest first. A symbol without any candle has traded on no day, or is none. */
export async function listCandles(
  symbol: string,
  { interval, from, cursor, limit }: ListCandlesQuery,
  candles: Pick<CandlesStore, 'list'>,
  prices: Pick<StockPricesStore, 'find'>,
): Promise<ApiAnswer<List<CandleView>>> {
  const place = decodeCursor(CandlesPlace, cursor);
  if (place === null) return problem('INVALID_CURSOR');
  const series: { symbol: string; interval: CandleInterval } = { symbol, interval };
  const range = {
    fromMs: from === undefined ? 0 : Date.parse(from),
    beforeMs: place?.before ?? Number.MAX_SAFE_INTEGER,
  };
  const found = await candles.list(series, range, limit + 1);
  if (found.length === 0 && !(await prices.find(symbol))) return unknownSymbol(symbol);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return answer({
    items: page.map(candleView),
    nextCursor: hasMore ? encodeCursor({ before: last.startMs }) : null,
  });
}
