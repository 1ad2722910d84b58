import { type Applied, applyExecutionReports } from '@brokerage/domain/orders/apply-execution-reports';
import { rejectOrder } from '@brokerage/domain/orders/end-order';
import type { ExecutionReport } from '@brokerage/domain/orders/execution-report';
import type { Order } from '@brokerage/domain/orders/order';
import type { ChangeContext } from '@brokerage/domain/orders/order-change';
import type { Position } from '@brokerage/domain/positions/position';
import { changeOrder } from './change-order.ts';
import { contextOf, type DecisionTools } from './decide.ts';
import type { OrdersStore } from './orders-store.ts';

/** Told when a fill cost more than the order had blocked: it is booked all the same and someone must look at it. */
export type UncoveredAlarm = (order: Order, uncoveredCents: number) => void;

export interface BookingTools extends DecisionTools {
  readonly store: OrdersStore;
  readonly onUncovered: UncoveredAlarm;
}

/**
 * Books what the exchange said of an order, in as many transactions as its fills need. What was booked before is
 * recognised and writes nothing, whoever brings it again. Answers the order as it then is.
 */
export async function bookReports(
  tools: BookingTools,
  order: Order,
  reports: readonly ExecutionReport[],
  step: string,
  position: Position | null = null,
): Promise<Order> {
  let current = order;
  let rest = reports;
  while (rest.length > 0) {
    let following: readonly ExecutionReport[] = [];
    const changed = await changeOrder(
      tools.store,
      current,
      step,
      (latest) => {
        const applied = decideReports(latest, rest, contextOf(tools, 'EXCHANGE', latest.correlationId));
        following = applied.rest;
        return { ok: true, change: applied.change };
      },
      position,
    );
    if (changed.ok && changed.change && changed.change.uncoveredCents > 0) {
      tools.onUncovered(changed.order, changed.change.uncoveredCents);
    }
    current = changed.order;
    rest = following;
  }
  return current;
}

/** Whether any of these reports says what the order's books do not have yet. Throws where booking them would. */
export function hasNewsFor(tools: DecisionTools, order: Order, reports: readonly ExecutionReport[]): boolean {
  return decideReports(order, reports, contextOf(tools, 'EXCHANGE', order.correlationId)).change !== null;
}

/**
 * A tombstone means that the exchange never had the order and now never will. If the client had asked to cancel, that
 * is what happened. Else the resolver gave it up: too old if it had waited for the exchange, or failed on its way.
 */
function decideReports(order: Order, reports: readonly ExecutionReport[], context: ChangeContext): Applied {
  const isGivenUp = order.status === 'PENDING_NEW' && !order.cancelRequested && reports.some(isTombstone);
  if (!isGivenUp) return applyExecutionReports(order, reports.map(asCanceled), context);
  const reason = order.waitingFor === 'EXCHANGE' ? 'ORDER_STALE' : 'PROCESSING_FAILED';
  return { change: rejectOrder(order, reason, 'the exchange never had the order', context), rest: [] };
}

function isTombstone(report: ExecutionReport): boolean {
  return report.execType === 'CANCELED' && report.reason === 'TOMBSTONE';
}

/** To the client a tombstone is the cancel it asked for. */
function asCanceled(report: ExecutionReport): ExecutionReport {
  return report.execType === 'CANCELED' && isTombstone(report) ? { ...report, reason: null } : report;
}
