import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { type BatchFailures, type QueueMessage, RetryLater } from '../platform/queue-worker.ts';
import type { SendFrame } from './connection-gateway.ts';
import { inEventOrder } from './event-order.ts';
import { orderMessage } from './order-message.ts';
import { type ConnectionKey, isReplaying, type StreamConnection } from './stream-connection.ts';
import type { StreamConnectionsStore } from './stream-connections-store.ts';

export interface OrderPushDesk {
  readonly connections: Pick<StreamConnectionsStore, 'ofAccount' | 'remove'>;
  /** Accounts of which a connection may follow the orders, as of a second ago at the most. */
  readonly followed: () => Promise<ReadonlySet<string>>;
  readonly send: SendFrame;
}

type Message = QueueMessage<OrderEventMessage>;

const RETRY_SECONDS = 2;

/**
 * Tells the connections of each event's account: a read a second finds the accounts that are followed at all, one Query each their connections. Nothing is dropped: what a connection did not take, for being
 * throttled or in the middle of a replay, comes again, to the others too, which know it by `seq`.
 */
export async function pushOrders(
  messages: readonly Message[],
  nowMs: number,
  desk: OrderPushDesk,
): Promise<BatchFailures> {
  const failures = new Map<string, unknown>();
  const byAccount = Map.groupBy(messages, ({ body }) => body.accountId);
  const followed = await desk.followed();
  const heard = [...byAccount].filter(([accountId]) => followed.has(accountId));
  await Promise.all(heard.map(([accountId, own]) => pushToAccount(accountId, own, nowMs, desk, failures)));
  return failures;
}

async function pushToAccount(
  accountId: string,
  messages: readonly Message[],
  nowMs: number,
  desk: OrderPushDesk,
  failures: Map<string, unknown>,
): Promise<void> {
  const connections = await desk.connections.ofAccount(accountId);
  if (connections.some((connection) => isReplaying(connection, nowMs))) {
    const later = new RetryLater(`a connection of ${accountId} is replaying`, RETRY_SECONDS);
    for (const { messageId } of messages) failures.set(messageId, later);
    return;
  }
  const inOrder = inEventOrder(messages, ({ body }) => body);
  const live = connections.filter(({ orders }) => orders === 'LIVE');
  await Promise.all(
    live.map(async (connection) => {
      for (const [messageId, failure] of await pushToConnection(connection, inOrder, desk))
        failures.set(messageId, failure);
    }),
  );
}

/** One after the other; when one cannot be sent, those after it wait with it. */
async function pushToConnection(
  connection: StreamConnection,
  messages: readonly Message[],
  desk: OrderPushDesk,
): Promise<BatchFailures> {
  for (const [index, { body }] of messages.entries()) {
    const outcome = await trySend(connection, body, desk);
    if (outcome === 'GONE') {
      await desk.connections.remove(connection);
      return new Map();
    }
    if (outcome !== 'SENT') return new Map(messages.slice(index).map(({ messageId }) => [messageId, outcome]));
  }
  return new Map();
}

async function trySend(
  { connectionId }: ConnectionKey,
  event: OrderEventMessage,
  { send }: OrderPushDesk,
): Promise<'SENT' | 'GONE' | Error> {
  try {
    const outcome = await send(connectionId, JSON.stringify(orderMessage(event)));
    return outcome === 'THROTTLED' ? new RetryLater(`connection ${connectionId} is throttled`, RETRY_SECONDS) : outcome;
  } catch (cause) {
    return new Error(`event ${event.eventId} could not be sent to ${connectionId}`, { cause });
  }
}
