import { setTimeout as pause } from 'node:timers/promises';
import type { ExchangeInstrument } from '@brokerage/contracts/exchange';
import { seededRandom } from '@brokerage/simulators/outside/random';
import { listInstruments, openMarket, tradeAsRecorded } from '../run/exchange-panel.ts';
import type { Speed } from '../run/replay-lanes.ts';
import type { ReplayTarget } from '../run/replay-target.ts';
import { comparePrices, type PriceDifference } from './compare-prices.ts';
import type { DailyQuote, DailyQuotes } from './read-cotahist.ts';
import { type PathTrade, sessionPath } from './session-path.ts';

export interface QuotesReplay {
  readonly instruments: readonly DailyQuote[];
  readonly trades: number;
  readonly differences: readonly PriceDifference[];
}

/** B3's cash market, whatever the lot; options, forwards and auctions are other markets. */
const CASH_MARKET = '010';
const PATH_SEED = 1;
const ROUND_LOT = 100;
/** 10:00 to 17:00. */
const SESSION_MS = 7 * 60 * 60 * 1000;
/** What goes to the exchange together, and how long after the former: 1,500 trades a second, which four shards take. */
const TRADES_A_POST = 150;
const POST_EVERY_MS = 100;

/**
 * Lists the day's instruments, sends their trades through the books in the order of their times, and compares what the brokerage's public API then
 * shows. `speed`: times as fast as the session was; null: as fast as it goes.
 */
export async function replayQuotes(
  target: ReplayTarget,
  { quotes }: DailyQuotes,
  { symbols, speed }: { readonly symbols: readonly string[] | undefined; readonly speed: Speed },
): Promise<QuotesReplay> {
  const instruments = quotes.filter(
    ({ symbol, marketType }) => marketType === CASH_MARKET && (symbols?.includes(symbol) ?? true),
  );
  await openMarket(target, new Map());
  await listInstruments(target, instruments.map(toInstrument));
  const trades = instruments
    .flatMap((quote) => sessionPath(quote, seededRandom(PATH_SEED, quote.symbol)))
    .sort((one, other) => one.at - other.at);
  await sendTrades(target, trades, speed);
  return { instruments, trades: trades.length, differences: await comparePrices(target, instruments) };
}

/** The file has no previous close: the day's opening price stands for it. */
function toInstrument({ symbol, name, isin, bdiCode, openCents, quotationFactor }: DailyQuote): ExchangeInstrument {
  return {
    symbol,
    mainSymbol: symbol,
    isin,
    name,
    fractional: false,
    lotSize: bdiCode === '02' ? ROUND_LOT : 1,
    maxOrderQuantity: null,
    tickCents: 1,
    quotationFactor,
    previousCloseCents: openCents,
  };
}

async function sendTrades(target: ReplayTarget, trades: readonly PathTrade[], speed: Speed): Promise<void> {
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
