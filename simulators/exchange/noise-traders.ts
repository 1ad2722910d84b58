import { integerBetween, type Random } from '../outside/random.ts';
import type { MarketMakers } from './market-makers.ts';
import { match } from './matching.ts';
import type { SymbolMarket } from './symbol-market.ts';
import type { TradingFloor } from './trading-floor.ts';

const TRADE_EVERY_MS = 1_000;
const MAX_LOTS = 5;
/** How often a noise trade comes with a tick's change of the fair price. */
const MOVE_PROBABILITY = 0.5;
/** At this distance from the previous close, in parts of it, every move goes back. */
const FARTHEST = 0.01;

/**
 * Seeded traders who hit the makers' quotes, so that prices move by trades, a tick at a time, and come back to the previous close. On the trade date of a
 * replay they leave its instruments alone.
 */
export class NoiseTraders {
  readonly #floor: TradingFloor;
  readonly #makers: MarketMakers;
  readonly #random: Random;
  #orders = 0;
  #nextAtMs: number;
  on: boolean;

  constructor(floor: TradingFloor, makers: MarketMakers, random: Random, on: boolean) {
    this.#floor = floor;
    this.#makers = makers;
    this.#random = random;
    this.#nextAtMs = floor.moment.atMs + TRADE_EVERY_MS;
    this.on = on;
  }

  /** One trade in one symbol if it is time; time that was skipped brings no more. Answers the market that was touched. */
  trade(): SymbolMarket | undefined {
    const { atMs } = this.#floor.moment;
    if (!this.on || atMs < this.#nextAtMs) return undefined;
    this.#nextAtMs = atMs + TRADE_EVERY_MS;
    const theirs = [...this.#floor.markets.values()].filter(
      ({ instrument, figures }) => instrument.quoted && !figures.isRecorded,
    );
    const market = theirs[integerBetween(this.#random, 0, theirs.length - 1)];
    if (market === undefined) return undefined;
    const side = this.#random() < this.#upProbability(market) ? 'BUY' : 'SELL';
    if (this.#random() < MOVE_PROBABILITY) {
      const tick = side === 'BUY' ? market.instrument.tickCents : -market.instrument.tickCents;
      this.#makers.moveFair(market, this.#makers.fairCents(market) + tick);
    }
    this.#take(market, side);
    return market;
  }

  #upProbability(market: SymbolMarket): number {
    const { previousCloseCents } = market.figures;
    const distance = (this.#makers.fairCents(market) - previousCloseCents) / (previousCloseCents * FARTHEST);
    return 0.5 - Math.max(-1, Math.min(1, distance)) / 2;
  }

  #take(market: SymbolMarket, side: 'BUY' | 'SELL'): void {
    const best = market.book.best(side === 'BUY' ? 'SELL' : 'BUY');
    if (best === undefined) return;
    this.#orders += 1;
    match(this.#floor, market, {
      id: `noise:${this.#orders}`,
      account: 'noise:',
      side,
      quantity: integerBetween(this.#random, 1, MAX_LOTS) * market.instrument.lotSize,
      limitCents: best.priceCents,
      rests: false,
    });
  }
}
