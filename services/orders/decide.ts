import type { Hash } from '@brokerage/domain/audit/audit-event';
import type { EpochMs } from '@brokerage/domain/calendar/instant';
import type { TradingCalendar } from '@brokerage/domain/calendar/trading-calendar';
import type { Actor, ChangeContext } from '@brokerage/domain/orders/order-change';

/** What every decision about an order needs from outside the domain. */
export interface DecisionTools {
  readonly now: () => EpochMs;
  readonly hash: Hash;
  readonly calendar: TradingCalendar;
}

export function contextOf(tools: DecisionTools, actor: Actor, correlationId: string): ChangeContext {
  return { atMs: tools.now(), hash: tools.hash, calendar: tools.calendar, actor, correlationId };
}
