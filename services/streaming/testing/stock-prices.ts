import { NOON } from '@brokerage/domain/testing/builders';
import type { StockPrice } from '../../market-data/stock-price.ts';

/** PETR4 after its 7th trade of the day, at 30.10 after a close of 30.00. */
export function aPrice(seq: number, fields: Partial<StockPrice> = {}): StockPrice {
  return {
    symbol: 'PETR4',
    seq,
    tradeDate: '2026-11-24',
    timeMs: NOON,
    arrivedAtMs: NOON,
    lastCents: 3010,
    lastTimeMs: NOON,
    bidCents: 3009,
    bidQty: 100,
    askCents: 3011,
    askQty: 100,
    openCents: 3000,
    highCents: 3015,
    lowCents: 2995,
    previousCloseCents: 3000,
    tradedQty: 700,
    turnoverCents: 2_107_000,
    trades: 7,
    movingAverageCents: 3005,
    movingAverageAtMs: NOON,
    movingAverageSeq: 1,
    ...fields,
  };
}
