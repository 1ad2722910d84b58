import { MAX_REPLAYED_EVENTS, type SubscribeOrders } from '@brokerage/contracts/stream';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { orderEventMessage } from '../operations/order-event-message.ts';
import { AUDIENCE_TTL_MS } from './audience.ts';
import { orderMessage } from './order-message.ts';
import { type ConnectionKey, isReplaying, type StreamConnection } from './stream-connection.ts';
import { changeConnection, type StreamDesk, tell } from './stream-desk.ts';
import { refused, type StreamRefusal } from './stream-request.ts';

/** A replay that takes longer was cut off with its function. API Gateway waits for 29 s. */
const MAX_REPLAY_MS = 30_000;

const withOrders = (orders: StreamConnection['orders']) => (connection: StreamConnection) => ({
  ...connection,
  orders,
});

/**
 * From now on, or from the event after `after` on: from the moment at which `subscribed` is sent. Until then `push-orders` may still go by an audience
 * in which the account is not, and a push that found the connection otherwise is over: it sends ten frames at most.
 */
export async function subscribeOrders(
  desk: StreamDesk,
  key: ConnectionKey,
  { after }: SubscribeOrders,
  nowMs: number,
): Promise<StreamRefusal | null> {
  if (after !== undefined) return replayOrders(desk, key, after, nowMs);
  const changed = await changeConnection(desk.connections, key, withOrders('LIVE'));
  if (!changed) return null;
  await desk.pause(AUDIENCE_TTL_MS);
  await tell(desk, key, { type: 'subscribed', channel: 'orders', symbols: null });
  return null;
}

export async function unsubscribeOrders(desk: StreamDesk, key: ConnectionKey): Promise<void> {
  const changed = await changeConnection(desk.connections, key, withOrders('OFF'));
  if (changed) await tell(desk, key, { type: 'unsubscribed', channel: 'orders', symbols: null });
}

/**
 * What was missed, then LIVE. The connection is REPLAYING before the events are read, and for so long `push-orders` leaves what is published to come
 * again: nothing that happens meanwhile is lost, and nothing of it comes before the last of the replay. It may come twice. What is being sent to a connection that
 * was LIVE comes before `subscribed`, which parts it from the replay.
 */
async function replayOrders(
  desk: StreamDesk,
  key: ConnectionKey,
  after: string,
  nowMs: number,
): Promise<StreamRefusal | null> {
  const last = await desk.events.find(key.accountId, after);
  if (!last) return refused('UNKNOWN_EVENT', 'after names no event of an order of yours');
  let wasLive = false;
  const changed = await changeConnection(desk.connections, key, (connection) => {
    wasLive = connection.orders === 'LIVE';
    if (isReplaying(connection, nowMs)) return null;
    return { ...connection, orders: 'REPLAYING', replayEndsAtMs: nowMs + MAX_REPLAY_MS };
  });
  if (!changed) return refused('TRY_AGAIN', 'a replay is under way');
  await desk.pause(AUDIENCE_TTL_MS);
  const missed = await desk.events.since(key.accountId, last, MAX_REPLAYED_EVENTS + 1);
  if (missed.length > MAX_REPLAYED_EVENTS) {
    await changeConnection(desk.connections, key, withOrders(wasLive ? 'LIVE' : 'OFF'));
    return refused('REPLAY_TOO_LONG', `more than ${MAX_REPLAYED_EVENTS} events since then`);
  }
  return sendMissed(desk, key, missed);
}

async function sendMissed(
  desk: StreamDesk,
  key: ConnectionKey,
  missed: readonly OrderEvent[],
): Promise<StreamRefusal | null> {
  await tell(desk, key, { type: 'subscribed', channel: 'orders', symbols: null });
  for (const event of missed) {
    const outcome = await tell(desk, key, orderMessage(orderEventMessage(event)));
    if (outcome === 'GONE') return null;
    if (outcome === 'THROTTLED') {
      await changeConnection(desk.connections, key, withOrders('OFF'));
      return refused('TRY_AGAIN', 'the replay was cut short: subscribe after the last event that came');
    }
  }
  await changeConnection(desk.connections, key, withOrders('LIVE'));
  return null;
}
