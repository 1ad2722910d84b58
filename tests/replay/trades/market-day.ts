import type { ExchangeInstrument } from '@brokerage/contracts/exchange';
import type { DailyQuote } from '../daily-quotes/read-cotahist.ts';
import { InputError } from '../input-error.ts';
import { type MarketDay, SESSION_MS } from '../run/replay-market.ts';
import type { DayTrades, MarketTrade } from './read-trades.ts';

/**
 * The day that the trades made, for instruments that the exchange lists: the file says nothing of them but their ticker. Each opens at its first
 * trade's price, which also stands for the previous close. Throws InputError when one is not listed.
 */
export function marketDay(
  file: string,
  { trades }: Pick<DayTrades, 'trades'>,
  listed: ReadonlyMap<string, ExchangeInstrument>,
): MarketDay {
  if (trades.length === 0) throw new InputError(file, null, null, 'there is no trade of the instruments chosen');
  const bySymbol = Map.groupBy(trades, ({ symbol }) => symbol);
  const unlisted = [...bySymbol.keys()].filter((symbol) => !listed.has(symbol));
  if (unlisted.length > 0) {
    const named = `${unlisted.slice(0, 5).join(', ')}${unlisted.length > 5 ? ', …' : ''}`;
    throw new InputError(file, null, null, `the exchange does not list ${named}: choose instruments by --symbols`);
  }
  const days = [...bySymbol].map(([symbol, own]) => ({ own, instrument: listed.get(symbol) as ExchangeInstrument }));
  const firstMs = trades[0]?.timeMs ?? 0;
  return {
    instruments: days.map(({ own, instrument }) => dayQuote(instrument, own)),
    listing: days.map(({ own, instrument }) => ({ ...instrument, previousCloseCents: own[0]?.priceCents ?? 0 })),
    trades: trades.map(({ timeMs, ...trade }) => ({ ...trade, at: (timeMs - firstMs) / SESSION_MS })),
  };
}

function dayQuote(
  { symbol, name, isin, fractional, quotationFactor }: ExchangeInstrument,
  trades: readonly MarketTrade[],
): DailyQuote {
  const sum = (of: (trade: MarketTrade) => number) => trades.reduce((total, trade) => total + of(trade), 0);
  const extreme = (of: (one: number, other: number) => number) =>
    trades.map(({ priceCents }) => priceCents).reduce((one, other) => of(one, other));
  return {
    symbol,
    name,
    isin,
    bdiCode: fractional ? '96' : '02',
    marketType: fractional ? '020' : '010',
    openCents: trades[0]?.priceCents ?? 0,
    highCents: extreme(Math.max),
    lowCents: extreme(Math.min),
    lastCents: trades.at(-1)?.priceCents ?? 0,
    trades: trades.length,
    quantity: sum(({ quantity }) => quantity),
    turnoverCents: sum(({ priceCents, quantity }) => Math.round((priceCents * quantity) / quotationFactor)),
    quotationFactor,
  };
}
