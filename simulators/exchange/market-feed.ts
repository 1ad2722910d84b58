import type { Quote } from '@brokerage/contracts/exchange';
import { MAX_TICKS_PER_DELIVERY, type MarketTick } from '@brokerage/contracts/market-feed';
import type { OutboundItem, OutboundSource } from '../outside/outbound-stream.ts';
import type { Moment } from './report-log.ts';
import type { SymbolMarket } from './symbol-market.ts';
import type { TickStore } from './tick-store.ts';

/** A symbol says something at least every second: it is asked every 50 ms, and so early enough. */
const SILENCE_MS = 950;
/** Above so many ticks unacknowledged the receiver is behind: trades alone are told, and quotes when it has caught up, the newest of each symbol. */
const BEHIND_TICKS = 2 * MAX_TICKS_PER_DELIVERY;

interface Published {
  /** Of the book, when it was last looked at. */
  readonly changes: number;
  readonly atMs: number;
  readonly quote: Quote;
}

/**
 * Numbers and keeps the market data for those who listen: every trade at once, best prices when asked. As durable as the trades themselves: a tick
 * is in their transaction, and gone once acknowledged. An acknowledgement is durable with the next commit; lost, it only repeats.
 */
export class MarketFeed implements OutboundSource {
  readonly #store: TickStore;
  readonly #published = new WeakMap<SymbolMarket, Published>();
  #lastSeq: number;
  #committedSeq: number;
  #acknowledgedSeq: number;

  constructor(store: TickStore) {
    this.#store = store;
    this.#lastSeq = store.lastSeq();
    this.#committedSeq = this.#lastSeq;
    this.#acknowledgedSeq = store.acknowledged();
  }

  /** Call right after the trade is in the market's figures. */
  addTrade(market: SymbolMarket, trade: NonNullable<MarketTick['trade']>, moment: Moment): void {
    this.#add(market, market.quote(), trade, moment);
  }

  /** Best prices that changed since the symbol's last tick, and whoever was silent for a second. */
  addQuotes(markets: Iterable<SymbolMarket>, moment: Moment): void {
    if (this.#lastSeq - this.#acknowledgedSeq > BEHIND_TICKS) return;
    for (const market of markets) {
      const former = this.#published.get(market);
      const spoke = former !== undefined && isRecent(former.atMs, moment.atMs);
      if (spoke && former.changes === market.book.changes) continue;
      const quote = market.quote();
      if (spoke && sameBest(former.quote, quote)) {
        this.#published.set(market, { ...former, changes: market.book.changes });
      } else {
        this.#add(market, quote, null, moment);
      }
    }
  }

  /** All so far is durable and may be read. */
  committed(): void {
    this.#committedSeq = this.#lastSeq;
  }

  read(afterSeq: number, limit: number): OutboundItem[] {
    return this.#store.since(afterSeq, this.#committedSeq, limit);
  }

  lastSeq(): number {
    return this.#committedSeq;
  }

  acknowledged(): number {
    return this.#acknowledgedSeq;
  }

  acknowledge(seq: number): void {
    this.#acknowledgedSeq = seq;
    this.#store.acknowledge(seq);
  }

  #add(market: SymbolMarket, quote: Quote, trade: MarketTick['trade'], { atMs, tradeDate }: Moment): void {
    this.#lastSeq += 1;
    const tick = { seq: this.#lastSeq, symbol: quote.symbol, tradeDate, timeMs: atMs, trade, figures: quote };
    this.#store.add(tick.seq, JSON.stringify(tick satisfies MarketTick));
    this.#published.set(market, { changes: market.book.changes, atMs, quote });
  }
}

/** Not so when the clock was set back. */
function isRecent(thenMs: number, nowMs: number): boolean {
  return nowMs >= thenMs && nowMs - thenMs < SILENCE_MS;
}

function sameBest(one: Quote, other: Quote): boolean {
  return (
    one.bidCents === other.bidCents &&
    one.bidQty === other.bidQty &&
    one.askCents === other.askCents &&
    one.askQty === other.askQty
  );
}
