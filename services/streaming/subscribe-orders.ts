import { MAX_REPLAYED_EVENTS, type SubscribeOrders } from '@brokerage/contracts/stream';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { orderEventMessage } from '../operations/order-event-message.ts';
import { AUDIENCE_TTL_MS } from './audience.ts';
import { orderMessage } from './order-message.ts';
import { eventIdOf } from './send-orders.ts';
import { sendWaiting } from './send-waiting.ts';
import { type ConnectionKey, followsOrders, isReplaying, type StreamConnection } from './stream-connection.ts';
import { changeConnection, type StreamDesk, tell } from './stream-desk.ts';
import { refused, type StreamRefusal } from './stream-request.ts';

/** A replay that takes longer was cut off with its function. API Gateway waits for 29 s. */
const MAX_REPLAY_MS = 30_000;

/**
 * What was written before every environment of `push-orders` knew of the subscription is in no stream for it: the index must have it when it is read.
 * An index has a write within a second: https://repost.aws/knowledge-center/dynamodb-missing-table-items-gsi
 */
const INDEX_LAG_MS = 1_000;

/** The audit stream brings an event in less, unless much went wrong: within this time it may come after the replay that has brought it. */
const STREAMED_WITHIN_MS = 30_000;

/** What waits stays, unless it is of a subscription that has ended; a replay takes over from whoever sends it. */
function withOrders(orders: StreamConnection['orders'], nowMs: number) {
  return (connection: StreamConnection): StreamConnection => {
    const { waiting, sendingUntilMs } = connection;
    const goesOn = orders !== 'OFF' && followsOrders(connection, nowMs);
    return {
      ...connection,
      orders,
      waiting: goesOn ? waiting : [],
      sendingUntilMs: goesOn && orders === 'LIVE' ? sendingUntilMs : 0,
    };
  };
}

/**
 * From now on, or from the event after `after` on: from the moment at which `subscribed` is sent. Until then `push-orders` may still go by an audience
 * in which the account is not, and a push that found the connection otherwise is over: it sends a batch at most.
 */
export async function subscribeOrders(
  desk: StreamDesk,
  key: ConnectionKey,
  { after }: SubscribeOrders,
  nowMs: number,
): Promise<StreamRefusal | null> {
  if (after !== undefined) return replayOrders(desk, key, after, nowMs);
  const changed = await changeConnection(desk.connections, key, withOrders('LIVE', nowMs));
  if (!changed) return null;
  await desk.pause(AUDIENCE_TTL_MS);
  await tell(desk, key, { type: 'subscribed', channel: 'orders', symbols: null });
  return null;
}

export async function unsubscribeOrders(desk: StreamDesk, key: ConnectionKey, nowMs: number): Promise<void> {
  const changed = await changeConnection(desk.connections, key, withOrders('OFF', nowMs));
  if (changed) await tell(desk, key, { type: 'unsubscribed', channel: 'orders', symbols: null });
}

/**
 * What was missed, then what happened meanwhile, then LIVE. The connection is REPLAYING before the events are read, and for so long `push-orders` lets
 * what happens wait: nothing of it is lost or comes before the last of the replay, and what the replay brought does not come again. What is being sent to a
 * connection that was LIVE comes before `subscribed`, which parts it from the replay.
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
    const replaying = withOrders('REPLAYING', nowMs)(connection);
    return { ...replaying, replayed: [], replayEndsAtMs: nowMs + MAX_REPLAY_MS };
  });
  if (!changed) return refused('TRY_AGAIN', 'a replay is under way');
  await desk.pause(AUDIENCE_TTL_MS + INDEX_LAG_MS);
  const replay = { desk, key, nowMs, endsAs: wasLive ? ('LIVE' as const) : ('OFF' as const) };
  let refusal: StreamRefusal | null;
  try {
    refusal = await sendMissed(replay, last);
  } finally {
    // What has not come to its end does not stand in the client's way for half a minute.
    await changeConnection(desk.connections, key, (connection) =>
      connection.orders === 'REPLAYING' ? withOrders(replay.endsAs, nowMs)(connection) : null,
    );
  }
  if (!refusal) await sendWaiting(key, nowMs, desk); // what it cannot send, `push-waiting-orders` is told of already
  return refusal;
}

interface Replay {
  readonly desk: StreamDesk;
  readonly key: ConnectionKey;
  readonly nowMs: number;
  /** As what the subscription stands when the replay is cut short: as before, until the client hears that it has begun. */
  endsAs: 'LIVE' | 'OFF';
}

async function sendMissed(replay: Replay, last: OrderEvent): Promise<StreamRefusal | null> {
  const { desk, key, nowMs } = replay;
  const missed = await desk.events.since(key.accountId, last, MAX_REPLAYED_EVENTS + 1);
  if (missed.length > MAX_REPLAYED_EVENTS) {
    return refused('REPLAY_TOO_LONG', `more than ${MAX_REPLAYED_EVENTS} events since then`);
  }
  const subscribed = await tell(desk, key, { type: 'subscribed', channel: 'orders', symbols: null });
  if (subscribed === 'THROTTLED') return refused('TRY_AGAIN', 'the connection takes nothing for now');
  replay.endsAs = 'OFF';
  for (const event of missed) {
    const outcome = await tell(desk, key, orderMessage(orderEventMessage(event)));
    if (outcome === 'GONE') return null;
    if (outcome === 'THROTTLED') {
      return refused('TRY_AGAIN', 'the replay was cut short: subscribe after the last event that came');
    }
  }
  await changeConnection(desk.connections, key, afterReplay(missed, nowMs));
  return null;
}

/** Null when it was ended meanwhile: by the client, or because too much waited. */
function afterReplay(missed: readonly OrderEvent[], nowMs: number) {
  const ids = new Set(missed.map(eventIdOf));
  const recent = missed.filter(({ atMs }) => atMs > nowMs - STREAMED_WITHIN_MS);
  return (connection: StreamConnection): StreamConnection | null => {
    if (connection.orders !== 'REPLAYING') return null;
    const waiting = connection.waiting.filter((eventId) => !ids.has(eventId));
    return { ...connection, orders: 'LIVE', waiting, replayed: recent.map(eventIdOf) };
  };
}
