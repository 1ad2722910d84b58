import { EXCHANGE_SIGNATURE_HEADER, EXCHANGE_TIMESTAMP_HEADER } from '@brokerage/contracts/exchange';
import { MarketDataDelivery, type MarketTick } from '@brokerage/contracts/market-feed';
import { exchangeCredentials } from '@brokerage/simulators/credentials';
import { sendByHttp, signedPost } from '@brokerage/simulators/outside/signed-post';

/** Delivers ticks as the exchange does, and answers the HTTP status. `secret`: another one than the exchange's. */
export function deliverTicks(
  apiPort: number,
  nowMs: number,
  ticks: readonly MarketTick[],
  secret?: string,
): Promise<number> {
  const target = {
    url: `http://127.0.0.1:${apiPort}/v1/exchange/market-data`,
    secret: secret ?? exchangeCredentials({}).webhookSecret,
    timestampHeader: EXCHANGE_TIMESTAMP_HEADER,
    signatureHeader: EXCHANGE_SIGNATURE_HEADER,
  };
  return sendByHttp(signedPost(target, nowMs, JSON.stringify(MarketDataDelivery.parse({ ticks }))));
}

/** Trades of a symbol that the exchange does not list, one a second: nobody but the test tells of it. */
export function ticksOfTrades(
  symbol: string,
  firstSeq: number,
  startMs: number,
  pricesCents: readonly number[],
): MarketTick[] {
  return pricesCents.map((priceCents, index) => {
    const sofar = pricesCents.slice(0, index + 1);
    const timeMs = startMs + index * 1_000;
    return {
      seq: firstSeq + index,
      symbol,
      tradeDate: '2026-11-24',
      timeMs,
      trade: { tradeId: String(firstSeq + index), priceCents, quantity: 100 },
      figures: {
        symbol,
        lastCents: priceCents,
        lastTimeMs: timeMs,
        bidCents: priceCents - 1,
        bidQty: 100,
        askCents: priceCents + 1,
        askQty: 100,
        openCents: pricesCents[0] ?? null,
        highCents: Math.max(...sofar),
        lowCents: Math.min(...sofar),
        tradedQty: 100 * sofar.length,
        turnoverCents: 100 * sofar.reduce((sum, price) => sum + price, 0),
        trades: sofar.length,
        previousCloseCents: 3_000,
        lowerLimitCents: 2_000,
        upperLimitCents: 4_000,
      },
    };
  });
}
