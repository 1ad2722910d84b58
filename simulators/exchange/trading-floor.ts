import type { CancelReason } from '@brokerage/contracts/exchange';
import type { TradingCalendar } from '@brokerage/domain/calendar/trading-calendar';
import { isOpen, type LiveOrder } from './live-order.ts';
import type { MarketFeed } from './market-feed.ts';
import type { Moment, ReportLog } from './report-log.ts';
import type { Session } from './sessions.ts';
import type { SymbolMarket } from './symbol-market.ts';

/** What the exchange's operations work on. `open`: the members' open orders by firstClOrdId; makers' and noise traders' are in the books only. */
export interface TradingFloor {
  readonly markets: ReadonlyMap<string, SymbolMarket>;
  readonly open: Map<string, LiveOrder>;
  readonly reports: ReportLog;
  readonly feed: MarketFeed;
  readonly calendar: TradingCalendar;
  /** The one running, or the next. */
  session: Session;
  moment: Moment;
  /** Overrules the calendar: true open, false closed. */
  forcedOpen: boolean | null;
}

/** The market of an order that has been accepted: its symbol is listed. */
export function marketOf(floor: TradingFloor, order: { readonly symbol: string }): SymbolMarket {
  const market = floor.markets.get(order.symbol);
  if (market === undefined) throw new Error(`${order.symbol} is not listed`);
  return market;
}

/** Takes an open order out of the market, wherever it stands, and reports how it ended. */
export function endOrder(
  floor: TradingFloor,
  order: LiveOrder,
  end: {
    readonly as: 'CANCELED' | 'EXPIRED';
    readonly cancelReason?: CancelReason;
    readonly clOrdId?: string;
    readonly origClOrdId?: string;
    readonly moment?: Moment;
  },
): void {
  const market = marketOf(floor, order);
  if (order.waiting) market.stops.remove(order);
  else market.book.remove(order.firstClOrdId);
  order.ended = end.as;
  floor.open.delete(order.firstClOrdId);
  const { as: execType, moment = floor.moment, ...fields } = end;
  floor.reports.add(order, moment, { execType, execId: market.nextExecId(), ...fields });
}

/** Books one trade into a member's order. */
export function fillOrder(
  floor: TradingFloor,
  order: LiveOrder,
  trade: {
    readonly execId: string;
    readonly lastQty: number;
    readonly lastPxCents: number;
    readonly aggressor: boolean;
  },
): void {
  order.cumQty += trade.lastQty;
  if (!isOpen(order)) floor.open.delete(order.firstClOrdId);
  floor.reports.add(order, floor.moment, { execType: 'TRADE', ...trade });
}
