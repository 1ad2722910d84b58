import { ReportsDelivery, type ExecutionReport as WireReport } from '@brokerage/contracts/exchange';
import type { OrderId } from '@brokerage/domain/identifiers';
import type { Order } from '@brokerage/domain/orders/order';
import { missingQuantity } from '@brokerage/domain/orders/order-quantities';
import { mustAskToCancel } from '@brokerage/domain/orders/request-cancel';
import type { BatchFailures, QueueMessage } from '../platform/queue-worker.ts';
import { type BookingTools, bookReports } from './book-reports.ts';
import { fromWire, orderOf } from './execution-report.ts';
import type { FollowUps } from './follow-up.ts';
import type { Suspense } from './suspense.ts';

export interface ApplyTools extends BookingTools {
  readonly followUps: FollowUps;
  readonly suspense: Suspense;
}

/** Reports of one order, and the messages they came in. */
interface ReportsOfOrder {
  readonly reports: WireReport[];
  readonly messageIds: Set<string>;
}

/** Throws on what is no delivery of the exchange. */
export function parseDelivery(text: string): ReportsDelivery {
  return ReportsDelivery.parse(JSON.parse(text));
}

/**
 * Books the exchange's reports, order by order: one read for all orders of the batch, and nothing written for what the
 * synchronous answer or an earlier delivery has brought. Fails the messages of orders that could not be booked.
 */
export async function applyExecutions(
  tools: ApplyTools,
  messages: readonly QueueMessage<ReportsDelivery>[],
): Promise<BatchFailures> {
  const byOrder = groupByOrder(messages);
  const orders = new Map((await tools.store.findMany([...byOrder.keys()])).map((order) => [order.orderId, order]));
  const failures = new Map<string, unknown>();
  await Promise.all(
    [...byOrder].map(async ([orderId, { reports, messageIds }]) => {
      try {
        await applyToOrder(tools, orders.get(orderId) ?? null, reports);
      } catch (error) {
        for (const messageId of messageIds) failures.set(messageId, error);
      }
    }),
  );
  return failures;
}

function groupByOrder(messages: readonly QueueMessage<ReportsDelivery>[]): Map<OrderId, ReportsOfOrder> {
  const byOrder = new Map<OrderId, ReportsOfOrder>();
  for (const { messageId, body } of messages) {
    for (const report of body.reports) {
      const orderId = orderOf(report);
      const group = byOrder.get(orderId) ?? { reports: [], messageIds: new Set() };
      group.reports.push(report);
      group.messageIds.add(messageId);
      byOrder.set(orderId, group);
    }
  }
  return byOrder;
}

async function applyToOrder(tools: ApplyTools, known: Order | null, reports: readonly WireReport[]): Promise<void> {
  if (known === null) return tools.suspense.book(reports);
  const inOrder = reports.toSorted((a, b) => a.seq - b.seq);
  const order = await bookReports(tools, known, inOrder.map(fromWire), 'apply');
  if (missingQuantity(order) > 0 || mustAskToCancel(order)) await tools.followUps.ask(order);
}
