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

/** What a day has seen when a trade is told, that trade included. */
type DaySoFar = Pick<
  MarketTick['figures'],
  'openCents' | 'highCents' | 'lowCents' | 'tradedQty' | 'turnoverCents' | 'trades'
>;

export const TRADE_QUANTITY = 100;

/** The tick of one trade of a round lot, with a book of one lot a cent away on either side. */
export function tickOfTrade(
  { seq, symbol, tradeDate, timeMs }: Pick<MarketTick, 'seq' | 'symbol' | 'tradeDate' | 'timeMs'>,
  priceCents: number,
  day: DaySoFar,
): MarketTick {
  return {
    seq,
    symbol,
    tradeDate,
    timeMs,
    trade: { tradeId: String(seq), priceCents, quantity: TRADE_QUANTITY },
    figures: {
      symbol,
      lastCents: priceCents,
      lastTimeMs: timeMs,
      bidCents: priceCents - 1,
      bidQty: TRADE_QUANTITY,
      askCents: priceCents + 1,
      askQty: TRADE_QUANTITY,
      ...day,
      previousCloseCents: 3_000,
      lowerLimitCents: 2_000,
      upperLimitCents: 4_000,
    },
  };
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
    const moment = { seq: firstSeq + index, symbol, tradeDate: '2026-11-24', timeMs: startMs + index * 1_000 };
    return tickOfTrade(moment, priceCents, {
      openCents: pricesCents[0] ?? null,
      highCents: Math.max(...sofar),
      lowCents: Math.min(...sofar),
      tradedQty: TRADE_QUANTITY * sofar.length,
      turnoverCents: TRADE_QUANTITY * sofar.reduce((sum, price) => sum + price, 0),
      trades: sofar.length,
    });
  });
}
