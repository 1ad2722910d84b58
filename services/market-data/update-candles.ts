import type { MarketTick } from '@brokerage/contracts/market-feed';
import type { CandleInterval } from '@brokerage/contracts/rest/prices';
import { calendarDate, saoPauloInstant } from '@brokerage/domain/calendar/instant';
import {
  addTrade,
  type Candle,
  type CandleTrade,
  candleStart,
  dayCandle,
  TRADE_CANDLE_MINUTES,
} from '@brokerage/domain/market-data/candle';
import { type CandleKey, type CandlesStore, candleKeyText } from './candles-store.ts';

type CandlesWriter = Pick<CandlesStore, 'find' | 'save'>;
type TradeTick = MarketTick & { readonly trade: NonNullable<MarketTick['trade']> };

/** What a batch says of one candle. */
interface CandleNews {
  readonly key: CandleKey;
  readonly ticks: readonly TradeTick[];
}

/** Somebody else writes a candle only when a former run of this function still does: rarely, and not for long. */
const MAX_ATTEMPTS = 5;
/** Writes on their way at once: as many as the SDK has sockets. */
const MAX_WRITING = 50;

/** Brings the candles of a batch's trades up to date: each is read and, where it changed, written once. Any order, and any number of repeats, leaves the same. */
export async function updateCandles(ticks: readonly MarketTick[], store: CandlesWriter): Promise<void> {
  let pending = candleNews(ticks.filter((tick): tick is TradeTick => tick.trade !== null));
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    if (attempt > MAX_ATTEMPTS)
      throw new Error(`${pending.length} candles were changed by others ${MAX_ATTEMPTS} times`);
    pending = await writeCandles(pending, store);
  }
}

/** Answers those that somebody else wrote in between. */
async function writeCandles(news: readonly CandleNews[], store: CandlesWriter): Promise<readonly CandleNews[]> {
  const known = await store.find(news.map(({ key }) => key));
  const beaten: CandleNews[] = [];
  for (let start = 0; start < news.length; start += MAX_WRITING) {
    await Promise.all(
      news.slice(start, start + MAX_WRITING).map(async (one) => {
        const former = known.get(candleKeyText(one.key)) ?? null;
        const candle = one.ticks.reduce<Candle | null>(
          (sofar, tick) => withTick(sofar, one.key.interval, tick),
          former,
        );
        if (candle === null || candle === former) return;
        if (!(await store.save(one.key, candle, former?.version ?? 0))) beaten.push(one);
      }),
    );
  }
  return beaten;
}

function withTick(candle: Candle | null, interval: CandleInterval, tick: TradeTick): Candle | null {
  return interval === '1d' ? dayCandle(candle, tick.seq, tick.figures) : addTrade(candle, candleTrade(tick));
}

function candleTrade({ seq, trade, figures }: TradeTick): CandleTrade {
  const { priceCents, quantity } = trade;
  return { seq, priceCents, quantity, dayQuantity: figures.tradedQty, dayTrades: figures.trades };
}

function candleNews(ticks: readonly TradeTick[]): readonly CandleNews[] {
  const news = new Map<string, { key: CandleKey; ticks: TradeTick[] }>();
  for (const tick of ticks) {
    for (const key of candleKeys(tick)) {
      const text = candleKeyText(key);
      const known = news.get(text);
      if (known) known.ticks.push(tick);
      else news.set(text, { key, ticks: [tick] });
    }
  }
  return [...news.values()];
}

function candleKeys({ symbol, timeMs, tradeDate }: TradeTick): readonly CandleKey[] {
  const minutes = Object.entries(TRADE_CANDLE_MINUTES) as [keyof typeof TRADE_CANDLE_MINUTES, number][];
  return [
    ...minutes.map(([interval, length]) => ({ symbol, interval, startMs: candleStart(timeMs, length) })),
    { symbol, interval: '1d', startMs: saoPauloInstant(calendarDate(tradeDate), 0) },
  ];
}
