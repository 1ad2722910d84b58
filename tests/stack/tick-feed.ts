import { EXCHANGE_SIGNATURE_HEADER, EXCHANGE_TIMESTAMP_HEADER } from '@brokerage/contracts/exchange';
import type { MarketDataDelivery, MarketTick } from '@brokerage/contracts/market-feed';
import { exchangeCredentials } from '@brokerage/simulators/credentials';
import { sendByHttp, signedPost } from '@brokerage/simulators/outside/signed-post';

/** Above all that the exchange itself gives out meanwhile, so that its own ticks of these symbols count as old. */
const FIRST_SEQ = 1_000_000_000;
const LAST_CENTS = 3_000;

/** Trades as the exchange tells of them, round-robin over symbols, in deliveries of its webhook. */
export class TickFeed {
  readonly #symbols: readonly string[];
  readonly #target: Parameters<typeof signedPost>[0];
  #count = 0;

  constructor(apiPort: number, symbols: readonly string[]) {
    this.#symbols = symbols;
    this.#target = {
      url: `http://127.0.0.1:${apiPort}/v1/exchange/market-data`,
      secret: exchangeCredentials({}).webhookSecret,
      timestampHeader: EXCHANGE_TIMESTAMP_HEADER,
      signatureHeader: EXCHANGE_SIGNATURE_HEADER,
    };
  }

  get count(): number {
    return this.#count;
  }

  async send(count: number): Promise<void> {
    const ticks = Array.from({ length: count }, () => this.#nextTick());
    const delivery: MarketDataDelivery = { ticks };
    const status = await sendByHttp(signedPost(this.#target, Date.now(), JSON.stringify(delivery)));
    if (status >= 300) throw new Error(`the webhook answers ${status}`);
  }

  /** Sends that many a second, in deliveries that many apart, until the time is over; answers how long it took. */
  async run(ticksPerSecond: number, intervalMs: number, durationMs: number): Promise<number> {
    const startMs = performance.now();
    const perDelivery = Math.max(1, Math.round((ticksPerSecond * intervalMs) / 1000));
    const under: Promise<void>[] = [];
    for (let atMs = 0; atMs < durationMs; atMs += intervalMs) {
      await waitUntil(startMs + atMs);
      under.push(this.send(perDelivery));
    }
    await Promise.all(under);
    return performance.now() - startMs;
  }

  #nextTick(): MarketTick {
    this.#count += 1;
    const symbol = this.#symbols[this.#count % this.#symbols.length] ?? '';
    const timeMs = Date.now();
    const priceCents = LAST_CENTS + (this.#count % 50);
    return {
      seq: FIRST_SEQ + this.#count,
      symbol,
      tradeDate: new Date(timeMs - SAO_PAULO_MS).toISOString().slice(0, 10),
      timeMs,
      trade: { tradeId: String(FIRST_SEQ + this.#count), priceCents, quantity: 100 },
      figures: {
        symbol,
        lastCents: priceCents,
        lastTimeMs: timeMs,
        bidCents: priceCents - 1,
        bidQty: 100,
        askCents: priceCents + 1,
        askQty: 100,
        openCents: LAST_CENTS,
        highCents: LAST_CENTS + 50,
        lowCents: LAST_CENTS,
        tradedQty: this.#count * 100,
        turnoverCents: this.#count * 100 * LAST_CENTS,
        trades: this.#count,
        previousCloseCents: LAST_CENTS,
        lowerLimitCents: 2_700,
        upperLimitCents: 3_300,
      },
    };
  }
}

const SAO_PAULO_MS = 3 * 3_600_000;

async function waitUntil(atMs: number): Promise<void> {
  const restMs = atMs - performance.now();
  if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
}
