import type { MarketTick } from '@brokerage/contracts/market-feed';
import { NOON } from '@brokerage/domain/testing/builders';

/** A tick of PETR4 after its 7th trade of the day, at 30.10 after a close of 30.00. */
export function aTick(
  seq: number,
  fields: Partial<MarketTick> = {},
  figures: Partial<MarketTick['figures']> = {},
): MarketTick {
  const symbol = fields.symbol ?? 'PETR4';
  return {
    seq,
    symbol,
    tradeDate: '2026-11-24',
    timeMs: NOON,
    trade: null,
    figures: {
      symbol,
      lastCents: 3010,
      lastTimeMs: NOON,
      bidCents: 3009,
      bidQty: 100,
      askCents: 3011,
      askQty: 100,
      openCents: 3000,
      highCents: 3015,
      lowCents: 2995,
      tradedQty: 700,
      turnoverCents: 2_107_000,
      trades: 7,
      previousCloseCents: 3000,
      lowerLimitCents: 2700,
      upperLimitCents: 3300,
      ...figures,
    },
    ...fields,
  };
}
