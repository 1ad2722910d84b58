import type { RecordedTrades } from '@brokerage/contracts/exchange';
import { match } from './matching.ts';
import type { SymbolMarket } from './symbol-market.ts';
import type { TradingFloor } from './trading-floor.ts';

/** The colon keeps them apart from every ClOrdID and every member's account. */
const SELLER = 'recorded:seller';
const BUYER = 'recorded:buyer';

/**
 * Makes a recorded trade happen in the book: one investor offers at its price and another takes it. Whoever rests in between at a better price
 * trades first, as in any book; what is then left of the two goes.
 */
export function tradeAsRecorded(
  floor: TradingFloor,
  market: SymbolMarket,
  { priceCents: limitCents, quantity }: RecordedTrades['trades'][number],
): void {
  market.figures.isRecorded = true;
  match(floor, market, { id: SELLER, account: SELLER, side: 'SELL', quantity, limitCents, rests: true });
  match(floor, market, { id: BUYER, account: BUYER, side: 'BUY', quantity, limitCents, rests: false });
  market.book.remove(SELLER);
}
