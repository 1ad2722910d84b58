import type { ReportsDelivery, ExecutionReport as WireReport } from '@brokerage/contracts/exchange';
import type { Order } from '@brokerage/domain/orders/order';
import type { Queue } from '../platform/queue.ts';
import { hasNewsFor } from './book-reports.ts';
import type { DecisionTools } from './decide.ts';
import type { ExchangeGateway } from './exchange-gateway.ts';
import { fromWire, orderOf } from './execution-report.ts';
import type { OrderReads } from './orders-store.ts';
import type { ReportCursorStore } from './report-cursor-store.ts';

export interface ReconcileTools extends DecisionTools {
  readonly store: Pick<OrderReads, 'findMany'>;
  readonly cursor: ReportCursorStore;
  readonly exchange: Pick<ExchangeGateway, 'executionsSince'>;
  readonly executions: Pick<Queue, 'sendAll'>;
}

export interface Reconciled {
  readonly comparedReports: number;
  /** Orders of which the books lacked something. */
  readonly behindOrders: number;
}

/** A younger report may still be on its way. */
const SETTLED_AFTER_MS = 60_000;
const PAGE_REPORTS = 500;
/** Of one run: 10,000 reports. A busier minute is made up for in a quieter one. */
const MAX_PAGES = 20;
/** Ten deliveries of this size are one call to SQS, well below what it takes. */
const MAX_DELIVERY_REPORTS = 20;

/**
 * Finds reports that the webhook never brought: reads the exchange's own log from where the last run ended, and sends those of orders
 * whose books lack something where all reports go. What is booked already is recognised there and writes nothing.
 */
export async function reconcileExecutions(tools: ReconcileTools): Promise<Reconciled> {
  let sinceSeq = await tools.cursor.read();
  let comparedReports = 0;
  let behindOrders = 0;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const settled = await settledReports(tools, sinceSeq);
    const last = settled.at(-1);
    if (last === undefined) break;
    const behind = await reportsOfOrdersBehind(tools, settled);
    await tools.executions.sendAll(behind.flatMap(deliveriesOf));
    comparedReports += settled.length;
    behindOrders += behind.length;
    if (!(await tools.cursor.advance(sinceSeq, last.seq)) || settled.length < PAGE_REPORTS) break;
    sinceSeq = last.seq;
  }
  return { comparedReports, behindOrders };
}

/** None when the exchange does not answer: the next run asks again. */
async function settledReports({ exchange, now }: ReconcileTools, sinceSeq: number): Promise<readonly WireReport[]> {
  const result = await exchange.executionsSince(sinceSeq, PAGE_REPORTS);
  if (result.kind !== 'answered') return [];
  const { reports } = result.answer;
  const youngest = reports.findIndex(({ transactTimeMs }) => transactTimeMs > now() - SETTLED_AFTER_MS);
  return youngest < 0 ? reports : reports.slice(0, youngest);
}

async function reportsOfOrdersBehind(
  tools: ReconcileTools,
  reports: readonly WireReport[],
): Promise<readonly (readonly WireReport[])[]> {
  const byOrder = Map.groupBy(reports, orderOf);
  const orders = new Map((await tools.store.findMany([...byOrder.keys()])).map((order) => [order.orderId, order]));
  return [...byOrder].flatMap(([orderId, ofOrder]) => (isBehind(tools, orders.get(orderId), ofOrder) ? [ofOrder] : []));
}

/** So is an order that we do not know: its fills belong into suspense. So is one whose reports cannot be booked: their queue raises the alarm. */
function isBehind(tools: ReconcileTools, order: Order | undefined, reports: readonly WireReport[]): boolean {
  if (order === undefined) return true;
  try {
    return hasNewsFor(tools, order, reports.map(fromWire));
  } catch {
    return true;
  }
}

function deliveriesOf(reports: readonly WireReport[]): ReportsDelivery[] {
  const deliveries: ReportsDelivery[] = [];
  for (let start = 0; start < reports.length; start += MAX_DELIVERY_REPORTS) {
    deliveries.push({ reports: reports.slice(start, start + MAX_DELIVERY_REPORTS) });
  }
  return deliveries;
}
