import type { Side } from '@brokerage/contracts/exchange';
import { integerBetween, type Random } from '../outside/random.ts';
import { match } from './matching.ts';
import type { SymbolMarket } from './symbol-market.ts';
import type { TradingFloor } from './trading-floor.ts';

const MAKER_ACCOUNT = 'maker:';
const LEVELS = 5;
/** Shares a level: 100 to 150 lots of a hundred; in a fractional book as many as one order may have. */
const LOW_LEVEL_QTY = 10_000;
const HIGH_LEVEL_QTY = 15_000;
const SIDES = ['BUY', 'SELL'] as const;

/** Seeded quotes on both sides of a fair price, one tick apart: fair 30.00 makes bid 29.99 and ask 30.01. */
export class MarketMakers {
  readonly #floor: TradingFloor;
  readonly #random: Random;
  /** By main symbol: a fractional book follows its round-lot one. */
  readonly #fairCents: Map<string, number>;
  /** Quantity quoted by quote id. */
  readonly #quoted = new Map<string, number>();
  /** Fair prices changed since they were last stored. */
  changed = true;
  on: boolean;

  /** `fairCents` by main symbol as of the last run; the reference price where it is missing. */
  constructor(floor: TradingFloor, random: Random, fairCents: Record<string, number>, on: boolean) {
    this.#floor = floor;
    this.#random = random;
    this.#fairCents = new Map(Object.entries(fairCents));
    for (const { instrument, referenceCents } of floor.markets.values()) {
      const { symbol, mainSymbol } = instrument;
      if (symbol === mainSymbol && !this.#fairCents.has(symbol)) this.#fairCents.set(symbol, referenceCents);
    }
    this.on = on;
  }

  /** Fair prices by main symbol, to be handed in again after a restart. */
  fairPrices(): Record<string, number> {
    return Object.fromEntries(this.#fairCents);
  }

  fairCents(market: SymbolMarket): number {
    const fairCents = this.#fairCents.get(market.instrument.mainSymbol);
    if (fairCents === undefined) throw new Error(`${market.instrument.mainSymbol} has no fair price`);
    return fairCents;
  }

  /** Moves a share's fair price and quotes its books anew; quotes that cross resting orders trade with them. */
  moveFair(market: SymbolMarket, fairCents: number): void {
    const { mainSymbol } = market.instrument;
    this.#fairCents.set(mainSymbol, fairCents);
    this.changed = true;
    for (const other of this.#floor.markets.values()) {
      if (other.instrument.mainSymbol === mainSymbol) this.quote(other);
    }
  }

  /** Quotes are to stand around the last trades from now on, wherever the market went meanwhile. */
  comeBack(): void {
    this.on = true;
    for (const market of this.#floor.markets.values()) {
      const { symbol, mainSymbol } = market.instrument;
      if (symbol === mainSymbol) this.moveFair(market, amongOthers(market, market.referenceCents));
    }
  }

  /** Replaces every quote of a symbol. */
  quote(market: SymbolMarket): void {
    this.withdraw(market);
    if (!this.on || !market.instrument.quoted) return;
    for (let level = 1; level <= LEVELS; level += 1) for (const side of SIDES) this.#quoteLevel(market, side, level);
    market.makersHit = false;
  }

  withdraw(market: SymbolMarket): void {
    for (let level = 1; level <= LEVELS; level += 1) {
      for (const side of SIDES) market.book.remove(quoteId(market, side, level));
    }
  }

  /** Fills up the quotes that were traded with. Levels that are gone move the fair price, so a large order moves the market. */
  replenish(market: SymbolMarket): void {
    if (!market.makersHit || !this.on || !market.instrument.quoted) return;
    market.makersHit = false;
    const shiftTicks = this.#emptied(market, 'SELL') - this.#emptied(market, 'BUY');
    if (shiftTicks !== 0 && !market.instrument.fractional) this.#follow(market, shiftTicks);
    else this.#refill(market);
  }

  #refill(market: SymbolMarket): void {
    for (let level = 1; level <= LEVELS; level += 1) {
      for (const side of SIDES) {
        const id = quoteId(market, side, level);
        if (market.book.resting(id) === this.#quoted.get(id)) continue;
        market.book.remove(id);
        this.#quoteLevel(market, side, level);
      }
    }
  }

  #emptied(market: SymbolMarket, side: Side): number {
    let count = 0;
    for (let level = 1; level <= LEVELS; level += 1) {
      if (market.book.resting(quoteId(market, side, level)) === 0) count += 1;
    }
    return count;
  }

  /** The makers do not trade against the rest of the order that moved them. */
  #follow(market: SymbolMarket, shiftTicks: number): void {
    this.withdraw(market);
    const shiftedCents = this.fairCents(market) + shiftTicks * market.instrument.tickCents;
    this.moveFair(market, amongOthers(market, shiftedCents));
  }

  #quoteLevel(market: SymbolMarket, side: Side, level: number): void {
    const { tickCents, maxOrderQuantity, lotSize } = market.instrument;
    const limitCents = this.fairCents(market) + (side === 'BUY' ? -level : level) * tickCents;
    if (limitCents < tickCents) return;
    const lots = integerBetween(this.#random, LOW_LEVEL_QTY / lotSize, HIGH_LEVEL_QTY / lotSize);
    const quantity = maxOrderQuantity ?? lots * lotSize;
    const id = quoteId(market, side, level);
    this.#quoted.set(id, quantity);
    match(this.#floor, market, { id, account: MAKER_ACCOUNT, side, quantity, limitCents, rests: true });
  }
}

/** The fair price nearest to a wanted one that is not past what others bid or ask. The makers' own quotes must be out of the book. */
function amongOthers({ book }: SymbolMarket, wantedCents: number): number {
  const aboveBid = Math.max(wantedCents, book.best('BUY')?.priceCents ?? wantedCents);
  return Math.min(aboveBid, book.best('SELL')?.priceCents ?? aboveBid);
}

/** The colon keeps it apart from every ClOrdID. */
function quoteId(market: SymbolMarket, side: Side, level: number): string {
  return `maker:${market.instrument.symbol}:${side}:${level}`;
}
