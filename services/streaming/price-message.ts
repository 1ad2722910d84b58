import type { MarketTick } from '@brokerage/contracts/market-feed';
import type { PriceMessage } from '@brokerage/contracts/stream';
import { assert } from '@brokerage/domain/assert';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';

/** The price of a symbol as a client's stream carries it. `averageCents`: of the last five minutes, null without trades in them. */
export function priceMessage({ symbol, timeMs, figures }: MarketTick, averageCents: number | null): PriceMessage {
  const { lastCents, previousCloseCents, tradedQty } = figures;
  assert(lastCents !== null, `${symbol} has no price`);
  return {
    type: 'price',
    symbol,
    price: formatCents(cents(lastCents)),
    change: formatCents(cents(lastCents - previousCloseCents)),
    volume: tradedQty,
    movingAverage5m: averageCents === null ? null : formatCents(cents(averageCents)),
    time: formatInstant(epochMs(timeMs)),
  };
}

/** Frames for one connection, of the messages of its symbols as JSON: one for all of them, or one each. */
export function priceFrames(messages: readonly string[], grouped: boolean): readonly string[] {
  return grouped && messages.length > 1 ? [`{"type":"prices","items":[${messages.join()}]}`] : messages;
}
