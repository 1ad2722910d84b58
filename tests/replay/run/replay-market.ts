import { setTimeout as pause } from 'node:timers/promises';
import type { ExchangeInstrument } from '@brokerage/contracts/exchange';
import { comparePrices, type PriceDifference } from '../daily-quotes/compare-prices.ts';
import type { DailyQuote } from '../daily-quotes/read-cotahist.ts';
import { listInstruments, openMarket, tradeAsRecorded } from './exchange-panel.ts';
import type { Speed } from './replay-lanes.ts';
import type { ReplayTarget } from './replay-target.ts';

/** `at`: its place in the session, 0 the opening, 1 the close. */
export interface SessionTrade {
  readonly symbol: string;
  readonly at: number;
  readonly priceCents: number;
  readonly quantity: number;
}

/** What of a day goes through the books, and what must then be seen of it. */
export interface MarketDay {
  readonly instruments: readonly DailyQuote[];
  readonly listing: readonly ExchangeInstrument[];
  /** In order of time. */
  readonly trades: readonly SessionTrade[];
}

export interface MarketReplay {
  readonly instruments: readonly DailyQuote[];
  readonly trades: number;
  readonly differences: readonly PriceDifference[];
}

/** 10:00 to 17:00. */
export const SESSION_MS = 7 * 60 * 60 * 1000;
/** What goes to the exchange together, and how long after the former: 1,500 trades a second, which four shards take. */
const TRADES_A_POST = 150;
const POST_EVERY_MS = 100;

/**
 * Lists the day's instruments, sends their trades through the books, and compares what the brokerage's public API then shows. `speed`: times as fast as
 * the session was; null: as fast as it goes.
 */
export async function replayMarket(
  target: ReplayTarget,
  { instruments, listing, trades }: MarketDay,
  speed: Speed,
): Promise<MarketReplay> {
  await openMarket(target, new Map());
  await listInstruments(target, listing);
  await sendTrades(target, trades, speed);
  return { instruments, trades: trades.length, differences: await comparePrices(target, instruments, trades) };
}

async function sendTrades(target: ReplayTarget, trades: readonly SessionTrade[], speed: Speed): Promise<void> {
  const startMs = performance.now();
  for (let from = 0; from < trades.length; from += TRADES_A_POST) {
    const posted = trades.slice(from, from + TRADES_A_POST);
    const paceMs = (from / TRADES_A_POST) * POST_EVERY_MS;
    const sessionMs = speed === null ? 0 : ((posted.at(-1)?.at ?? 0) * SESSION_MS) / speed;
    await pause(Math.max(0, startMs + Math.max(paceMs, sessionMs) - performance.now()));
    await tradeAsRecorded(
      target,
      posted.map(({ symbol, priceCents, quantity }) => ({ symbol, priceCents, quantity })),
    );
  }
}
