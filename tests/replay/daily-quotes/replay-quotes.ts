import type { ExchangeInstrument } from '@brokerage/contracts/exchange';
import { mainSymbolOf } from '@brokerage/domain/instruments/symbol';
import { seededRandom } from '@brokerage/simulators/outside/random';
import type { Speed } from '../run/replay-lanes.ts';
import { type MarketReplay, replayMarket } from '../run/replay-market.ts';
import type { ReplayTarget } from '../run/replay-target.ts';
import type { DailyQuote, DailyQuotes } from './read-cotahist.ts';
import { sessionPath } from './session-path.ts';

/** B3's cash market, whatever the lot, and its fractional books; options, forwards and auctions are other markets. */
const CASH_MARKET = '010';
const FRACTIONAL_MARKET = '020';
const PATH_SEED = 1;
const ROUND_LOT = 100;
const LARGEST_FRACTION = 99;

/** Replays a day of which the figures alone are known: each instrument takes a drawn path that has them. */
export function replayQuotes(
  target: ReplayTarget,
  { quotes }: DailyQuotes,
  { symbols, speed }: { readonly symbols: readonly string[] | undefined; readonly speed: Speed },
): Promise<MarketReplay> {
  const instruments = quotes.filter(
    ({ symbol, marketType }) =>
      [CASH_MARKET, FRACTIONAL_MARKET].includes(marketType) && (symbols?.includes(symbol) ?? true),
  );
  const trades = instruments
    .flatMap((quote) => sessionPath(quote, seededRandom(PATH_SEED, quote.symbol)))
    .sort((one, other) => one.at - other.at);
  return replayMarket(target, { instruments, listing: instruments.map(toInstrument), trades }, speed);
}

/** The file has no previous close: the day's opening price stands for it. */
function toInstrument(quote: DailyQuote): ExchangeInstrument {
  const { symbol, name, isin, bdiCode, marketType, openCents, quotationFactor } = quote;
  const fractional = marketType === FRACTIONAL_MARKET;
  return {
    symbol,
    mainSymbol: fractional ? mainSymbolOf(symbol) : symbol,
    isin,
    name,
    fractional,
    lotSize: bdiCode === '02' ? ROUND_LOT : 1,
    maxOrderQuantity: fractional ? LARGEST_FRACTION : null,
    tickCents: 1,
    quotationFactor,
    previousCloseCents: openCents,
  };
}
