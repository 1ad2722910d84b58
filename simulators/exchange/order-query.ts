import type { ExecutionReport, OrderState } from '@brokerage/contracts/exchange';
import { leavesQty, ordStatus } from './live-order.ts';
import type { OrderStore, SeenRequest } from './order-store.ts';
import type { TradingFloor } from './trading-floor.ts';

/** What the exchange knows now of a ClOrdID, whatever it named; undefined when it has never heard of it. */
export function orderState(store: OrderStore, floor: TradingFloor, clOrdId: string): OrderState | undefined {
  const seen = store.request(clOrdId);
  if (seen === undefined) return undefined;
  const { kind, firstClOrdId } = seen;
  const order = floor.open.get(firstClOrdId) ?? store.order(firstClOrdId);
  if (kind === 'TOMBSTONE' || order === undefined) return orderlessState(seen, reportsAbout(store, seen));
  return {
    kind,
    clOrdId,
    firstClOrdId,
    currentClOrdId: order.clOrdId,
    ordStatus: ordStatus(order),
    orderQty: order.orderQty,
    priceCents: order.priceCents,
    stopPriceCents: order.stopPriceCents,
    cumQty: order.cumQty,
    leavesQty: leavesQty(order),
    executions: store.reportsOf(firstClOrdId, 0, Number.MAX_SAFE_INTEGER),
  };
}

/** A tombstone, or a request about something unknown: there is no order to speak of. */
function orderlessState({ kind, clOrdId, firstClOrdId }: SeenRequest, executions: ExecutionReport[]): OrderState {
  return {
    kind,
    clOrdId,
    firstClOrdId,
    currentClOrdId: clOrdId,
    ordStatus: kind === 'TOMBSTONE' ? 'CANCELED' : (executions.at(-1)?.ordStatus ?? 'REJECTED'),
    orderQty: 0,
    priceCents: null,
    stopPriceCents: null,
    cumQty: 0,
    leavesQty: 0,
    executions,
  };
}

/** Reports that name the ClOrdID: a tombstone's cancels stand under itself, the refusal of a late replacement under its order. */
function reportsAbout(store: OrderStore, { clOrdId, firstClOrdId }: SeenRequest): ExecutionReport[] {
  const places = new Set([clOrdId, firstClOrdId]);
  return [...places]
    .flatMap((place) => store.reportsOf(place, 0, Number.MAX_SAFE_INTEGER))
    .filter((report) => report.clOrdId === clOrdId || report.origClOrdId === clOrdId)
    .sort((a, b) => a.seq - b.seq);
}
