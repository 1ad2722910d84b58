import type { ReadStreamRange, StreamRange } from '../operations/audit-stream-gateway.ts';
import { type BatchFailures, type QueueMessage, RetryLater } from '../platform/queue-worker.ts';
import type { CloseConnection } from './connection-gateway.ts';
import { type OrderPushDesk, pushOrders, pushToAccount } from './push-orders.ts';
import { sendWaiting, type WaitingOrdersDesk } from './send-waiting.ts';
import type { OrderStreamMessage, UntoldEvents, WaitingConnection } from './waiting-message.ts';

export type WaitingPushDesk = WaitingOrdersDesk &
  OrderPushDesk & { readonly readRange: ReadStreamRange; readonly close: CloseConnection };

type Message = QueueMessage<OrderStreamMessage>;

const RETRY_SECONDS = 2;
/** Half a minute. The queue gives a message up after 20. */
const MAX_TRIES = 15;

/** Brings connections what they could not take when it happened, pushes what failed for an account, and what Lambda gave up while the audit stream still has it. */
export async function pushWaitingOrders(
  messages: readonly Message[],
  nowMs: number,
  desk: WaitingPushDesk,
): Promise<BatchFailures> {
  const failures = new Map<string, unknown>();
  // One connection's messages are one task: each says no more than that something waits.
  const tasks = Map.groupBy(messages, ({ body }) =>
    body.kind === 'CONNECTION' ? body.connection.connectionId : JSON.stringify(body),
  );
  const works = [...tasks.values()].map(async (own) => {
    try {
      await carryOut(own, nowMs, desk);
    } catch (error) {
      for (const { messageId } of own) failures.set(messageId, error);
    }
  });
  await Promise.all(works);
  return failures;
}

async function carryOut(messages: readonly Message[], nowMs: number, desk: WaitingPushDesk): Promise<void> {
  const body = messages[0]?.body;
  if (body?.kind === 'RANGE') return pushRange(body.range, nowMs, desk);
  if (body?.kind === 'EVENTS') return pushEvents(body.events, nowMs, desk);
  const tries = Math.max(...messages.map(({ receiveCount }) => receiveCount));
  const connections = messages.flatMap(({ body }) => (body.kind === 'CONNECTION' ? body.connection : []));
  const connection = connections.find(({ isOverrun }) => isOverrun) ?? connections[0];
  if (connection) await catchUp(connection, tries, nowMs, desk);
}

async function catchUp(
  { isOverrun, ...key }: WaitingConnection,
  tries: number,
  nowMs: number,
  desk: WaitingPushDesk,
): Promise<void> {
  const outcome = isOverrun ? 'REFUSED' : await sendWaiting(key, nowMs, desk);
  if (outcome === 'DONE') return;
  // By a message of its own: the tries of this one count for who takes nothing, not for how long others send.
  if (outcome === 'SLOWED' || (outcome === 'BUSY' && tries >= MAX_TRIES))
    return desk.tellWaiting({ ...key, isOverrun });
  if (outcome === 'REFUSED' && (isOverrun || tries >= MAX_TRIES)) {
    desk.log.warn('a connection that takes no order events is closed', { ...key });
    await desk.close(key.connectionId);
    return desk.connections.remove(key);
  }
  throw new RetryLater(`order events for ${key.connectionId} wait on: ${outcome}`, RETRY_SECONDS);
}

async function pushEvents({ accountId, eventIds }: UntoldEvents, nowMs: number, desk: WaitingPushDesk): Promise<void> {
  await pushToAccount(accountId, await desk.events.named(eventIds), nowMs, desk);
}

async function pushRange(range: StreamRange, nowMs: number, desk: WaitingPushDesk): Promise<void> {
  const failed = await pushOrders(await desk.readRange(range), nowMs, desk);
  if (failed !== null) throw new Error(`record ${failed} could not be pushed`);
}
