import { integerBetween, type Random, shuffled } from '@brokerage/simulators/outside/random';
import type { SessionTrade } from '../run/replay-market.ts';
import type { DailyQuote } from './read-cotahist.ts';

/** Of tens of thousands that an instrument may really have had; what they are in between is not on file. */
const MOST_TRADES = 12;

/**
 * Trades that open, move and close as the instrument's day did: their first, highest, lowest and last prices and their whole quantity are the
 * file's; what lies between is drawn.
 */
export function sessionPath(quote: DailyQuote, random: Random): SessionTrade[] {
  const prices = pricesOf(quote, random);
  const quantities = split(quote.quantity, prices.length, random);
  const places = [0, ...prices.slice(2).map(() => random()), 1].sort((one, other) => one - other);
  return prices.map((priceCents, index) => ({
    symbol: quote.symbol,
    at: places[index] as number,
    priceCents,
    quantity: quantities[index] as number,
  }));
}

function pricesOf(
  { openCents, highCents, lowCents, lastCents, trades, quantity }: DailyQuote,
  random: Random,
): number[] {
  const extremes = [highCents, lowCents].filter((cents) => cents !== openCents && cents !== lastCents);
  const isOneTrade = extremes.length === 0 && openCents === lastCents && Math.min(trades, quantity) === 1;
  if (isOneTrade) return [openCents];
  const room = Math.min(trades, quantity, MOST_TRADES) - extremes.length - 2;
  const drawn = Array.from({ length: Math.max(room, 0) }, () => integerBetween(random, lowCents, highCents));
  return [openCents, ...shuffled(random, [...new Set(extremes), ...drawn]), lastCents];
}

/** Parts of at least one, that add up to the whole. */
function split(whole: number, parts: number, random: Random): number[] {
  const cuts = Array.from({ length: parts - 1 }, () => random()).sort((one, other) => one - other);
  const spare = whole - parts;
  const marks = [0, ...cuts.map((cut) => Math.floor(cut * spare)), spare];
  return marks.slice(1).map((mark, index) => mark - (marks[index] as number) + 1);
}
