import type { Log } from '../platform/log.ts';
import type { QueueMessage } from '../platform/queue-worker.ts';
import type { OrderMessage } from './order-message.ts';
import type { ToEnd } from './saga-state.ts';

/** Runs the saga of an order to its end. Throws when it failed or timed out: nobody knows how far it came. */
export type RunSaga = (message: OrderMessage) => Promise<ToEnd>;

/**
 * Brings one order through its saga. A parked order and one in doubt have left the queue's care, so the message has done its work;
 * receives are spent only on what nobody expected.
 */
export async function processOrder(runSaga: RunSaga, log: Log, message: QueueMessage<OrderMessage>): Promise<void> {
  const { orderId, correlationId } = message.body;
  const { outcome, status } = await runSaga(message.body);
  log.info('order processed', { orderId, correlationId, outcome, status, receiveCount: message.receiveCount });
}
