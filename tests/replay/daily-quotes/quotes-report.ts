import type { MarketReplay } from '../run/replay-market.ts';
import type { DailyQuotes } from './read-cotahist.ts';

const SHOWN_DIFFERENCES = 20;

/** What happened, for a person to read. */
export function quotesReport(file: string, { date, quotes, missing }: DailyQuotes, replay: MarketReplay): string {
  const { instruments, trades, differences } = replay;
  const wrong = new Set(differences.map(({ symbol }) => symbol));
  const roundLots = instruments.filter(({ bdiCode }) => bdiCode === '02');
  const agreeing = (of: typeof instruments) => of.filter(({ symbol }) => !wrong.has(symbol)).length;
  return [
    `${file}: ${date}, ${quotes.length} quotes${missing === null ? '' : ` (${missing})`}`,
    `${instruments.length} instruments of the cash market and its fractional books, ${trades} trades through the books`,
    `price and daily candle as recorded: ${agreeing(instruments)} of ${instruments.length}`,
    `  of them round lots: ${agreeing(roundLots)} of ${roundLots.length}`,
    ...differences
      .slice(0, SHOWN_DIFFERENCES)
      .map(
        ({ symbol, in: place, field, shown, recorded }) =>
          `${symbol} ${place} ${field}: ${shown}, recorded ${recorded}`,
      ),
    ...(differences.length > SHOWN_DIFFERENCES ? [`and ${differences.length - SHOWN_DIFFERENCES} more`] : []),
  ].join('\n');
}
