import type { MarketTick } from '@brokerage/contracts/market-feed';
import { NOON } from '@brokerage/domain/testing/builders';

export interface SomeTrade {
  readonly symbol: string;
  readonly priceCents: number;
  readonly quantity: number;
  /** Since the trade before it. */
  readonly afterMs: number;
}

/** The ticks of trades of one day, as the exchange tells them: one sequence for all symbols, figures by symbol. */
export function ticksOf(trades: readonly SomeTrade[], startMs: number = NOON): readonly MarketTick[] {
  const figures = new Map<string, MarketTick['figures']>();
  let timeMs = startMs;
  return trades.map(({ symbol, priceCents, quantity, afterMs }, index) => {
    timeMs += afterMs;
    const after = traded(figures.get(symbol) ?? quietFigures(symbol), priceCents, quantity, timeMs);
    figures.set(symbol, after);
    const trade = { tradeId: String(index + 1), priceCents, quantity };
    return { seq: index + 1, symbol, tradeDate: '2026-11-24', timeMs, trade, figures: after };
  });
}

export function quietFigures(symbol: string): MarketTick['figures'] {
  return {
    symbol,
    lastCents: null,
    lastTimeMs: null,
    bidCents: 2999,
    bidQty: 100,
    askCents: null,
    askQty: 0,
    openCents: null,
    highCents: null,
    lowCents: null,
    tradedQty: 0,
    turnoverCents: 0,
    trades: 0,
    previousCloseCents: 3000,
    lowerLimitCents: 2700,
    upperLimitCents: 3300,
  };
}

function traded(
  before: MarketTick['figures'],
  priceCents: number,
  quantity: number,
  timeMs: number,
): MarketTick['figures'] {
  return {
    ...before,
    lastCents: priceCents,
    lastTimeMs: timeMs,
    openCents: before.openCents ?? priceCents,
    highCents: Math.max(before.highCents ?? 0, priceCents),
    lowCents: Math.min(before.lowCents ?? priceCents, priceCents),
    tradedQty: before.tradedQty + quantity,
    turnoverCents: before.turnoverCents + priceCents * quantity,
    trades: before.trades + 1,
  };
}
