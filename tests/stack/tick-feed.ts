import { setTimeout as delay } from 'node:timers/promises';
import type { MarketTick } from '@brokerage/contracts/market-feed';
import { deliverTicks, TRADE_QUANTITY, tickOfTrade } from './market-feed.ts';

/** Above all that the exchange itself gives out meanwhile, so that its own ticks of these symbols count as old. */
const FIRST_SEQ = 1_000_000_000;
const LAST_CENTS = 3_000;
const SAO_PAULO_MS = 3 * 3_600_000;

/** Trades as the exchange tells of them, round-robin over symbols, in deliveries of its webhook. */
export class TickFeed {
  readonly #apiPort: number;
  readonly #symbols: readonly string[];
  #count = 0;

  constructor(apiPort: number, symbols: readonly string[]) {
    this.#apiPort = apiPort;
    this.#symbols = symbols;
  }

  get count(): number {
    return this.#count;
  }

  async send(count: number): Promise<void> {
    const ticks = Array.from({ length: count }, () => this.#nextTick());
    const status = await deliverTicks(this.#apiPort, Date.now(), ticks);
    if (status >= 300) throw new Error(`the webhook answers ${status}`);
  }

  /** Sends that many a second, in deliveries that many apart, until the time is over; answers how long it took. */
  async run(ticksPerSecond: number, intervalMs: number, durationMs: number): Promise<number> {
    const startMs = performance.now();
    const perDelivery = Math.max(1, Math.round((ticksPerSecond * intervalMs) / 1000));
    const under: Promise<void>[] = [];
    for (let atMs = 0; atMs < durationMs; atMs += intervalMs) {
      await delay(Math.max(0, startMs + atMs - performance.now()));
      under.push(this.send(perDelivery));
    }
    await Promise.all(under);
    return performance.now() - startMs;
  }

  #nextTick(): MarketTick {
    this.#count += 1;
    const timeMs = Date.now();
    const moment = {
      seq: FIRST_SEQ + this.#count,
      symbol: this.#symbols[this.#count % this.#symbols.length] ?? '',
      tradeDate: new Date(timeMs - SAO_PAULO_MS).toISOString().slice(0, 10),
      timeMs,
    };
    return tickOfTrade(moment, LAST_CENTS + (this.#count % 50), {
      openCents: LAST_CENTS,
      highCents: LAST_CENTS + 50,
      lowCents: LAST_CENTS,
      tradedQty: this.#count * TRADE_QUANTITY,
      turnoverCents: this.#count * TRADE_QUANTITY * LAST_CENTS,
      trades: this.#count,
    });
  }
}
