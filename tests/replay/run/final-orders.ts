import { setTimeout as pause } from 'node:timers/promises';
import type { OrderView } from '@brokerage/contracts/rest/orders';
import type { BrokerageApi } from './brokerage-api.ts';
import { isPending, type SentOrder } from './order-driver.ts';

const SETTLE_LIMIT_MS = 60_000;
const PAUSE_MS = 500;
const READERS = 4;
const ENDED: ReadonlySet<string> = new Set(['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED']);

/**
 * Every order with its fills, by the file's order number, once the stack is quiet: no order waits for an answer, and each trade has reached
 * both its orders. After a minute, as they are.
 */
export async function readFinalOrders(
  api: BrokerageApi,
  sent: ReadonlyMap<string, SentOrder>,
): Promise<ReadonlyMap<string, OrderView>> {
  const orders = new Map<string, OrderView>();
  const deadline = performance.now() + SETTLE_LIMIT_MS;
  for (;;) {
    const open = [...sent].filter(([orderNumber]) => !ENDED.has(orders.get(orderNumber)?.status ?? ''));
    await readAll(api, open, orders);
    const views = [...orders.values()];
    const isQuiet = !views.some(isPending) && loneExecutions(views).size === 0;
    if (isQuiet || performance.now() > deadline) return orders;
    await pause(PAUSE_MS);
  }
}

/** Executions, `symbol executionId`, that only one order has: without makers each trade is between two orders of the replay. */
export function loneExecutions(orders: readonly OrderView[]): ReadonlySet<string> {
  const lone = new Set<string>();
  for (const { symbol, fills } of orders) {
    for (const { executionId } of fills) {
      const key = `${symbol} ${executionId}`;
      if (!lone.delete(key)) lone.add(key);
    }
  }
  return lone;
}

async function readAll(
  api: BrokerageApi,
  wanted: readonly (readonly [string, SentOrder])[],
  orders: Map<string, OrderView>,
): Promise<void> {
  const queue = wanted.values();
  const reader = async (): Promise<void> => {
    for (const [orderNumber, { orderId, apiKey }] of queue) {
      const { order, code } = await api.send({ method: 'GET', path: `/v1/orders/${orderId}`, apiKey });
      if (order === null) throw new Error(`order ${orderId} cannot be read: ${code}`);
      orders.set(orderNumber, order);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
}
