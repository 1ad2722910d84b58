import type { Log } from '../platform/log.ts';
import type { AccountEventsStore } from './account-events-store.ts';
import type { SendFrame } from './connection-gateway.ts';
import { eventIdOf, sendOrders } from './send-orders.ts';
import { type ConnectionKey, followsOrders, isReplaying, type StreamConnection } from './stream-connection.ts';
import type { StreamConnectionsStore } from './stream-connections-store.ts';
import { changeConnection } from './stream-desk.ts';

export interface WaitingOrdersDesk {
  readonly connections: Pick<StreamConnectionsStore, 'find' | 'save' | 'remove'>;
  readonly events: Pick<AccountEventsStore, 'named'>;
  readonly send: SendFrame;
  readonly now: () => number;
  readonly log: Log;
}

/** DONE: nothing waits any more. BUSY: somebody else is sending. SLOWED: the connection took some, and no more for now, or for longer than one may send. REFUSED: it took none. */
export type WaitingOutcome = 'DONE' | 'BUSY' | 'SLOWED' | 'REFUSED';

/** As long as any function that sends may run. */
const SENDING_MS = 30_000;
/**
 * No more is begun after this, though it comes as fast as it is sent: the function ends 29 s (a replay) or 30 s after `nowMs`, and ten frames must fit
 * into the rest, some 10 ms each on AWS, many times as much when API Gateway is slow.
 */
const MAX_SENDING_MS = 20_000;
/** Events between two writes: what is sent again, in order, when the sender is cut off. */
const EVENTS_A_WRITE = 10;

/**
 * Sends what waits for a connection, in order. One alone does so, by a claim that ends by itself; the connection is LIVE again in the write that
 * takes the last event out, so that nothing can come between.
 */
export async function sendWaiting(key: ConnectionKey, nowMs: number, desk: WaitingOrdersDesk): Promise<WaitingOutcome> {
  const found = await desk.connections.find(key);
  if (!found || found.waiting.length === 0 || !followsOrders(found, nowMs)) return 'DONE';
  if (isReplaying(found, nowMs) || found.sendingUntilMs > nowMs) return 'BUSY';
  const sendingUntilMs = nowMs + SENDING_MS;
  if (!(await desk.connections.save({ ...found, sendingUntilMs }, found))) return 'BUSY';
  let hasTakenSome = false;
  for (let connection: StreamConnection | null = found; connection && connection.waiting.length > 0; ) {
    const events = await desk.events.named(connection.waiting.slice(0, EVENTS_A_WRITE));
    const sent = await sendOrders(key.connectionId, events, desk);
    if (sent.outcome === 'GONE') {
      await desk.connections.remove(key);
      return 'DONE';
    }
    hasTakenSome ||= sent.count > 0;
    const stops = sent.outcome !== 'SENT' || desk.now() >= nowMs + MAX_SENDING_MS;
    connection = await without(key, events.slice(0, sent.count).map(eventIdOf), stops, sendingUntilMs, desk);
    if (stops) return hasTakenSome ? 'SLOWED' : 'REFUSED';
    if (connection && connection.waiting.length > 0 && connection.sendingUntilMs !== sendingUntilMs) return 'BUSY';
  }
  return 'DONE';
}

/** Null when the connection is gone. The claim ends with what waits, or when its own sender stops: another's, made meanwhile, stands. */
function without(
  key: ConnectionKey,
  eventIds: readonly string[],
  stops: boolean,
  sendingUntilMs: number,
  { connections }: WaitingOrdersDesk,
): Promise<StreamConnection | null> {
  return changeConnection(connections, key, (connection) => {
    const waiting = connection.waiting.filter((eventId) => !eventIds.includes(eventId));
    const isOver = waiting.length === 0 || (stops && connection.sendingUntilMs === sendingUntilMs);
    return { ...connection, waiting, sendingUntilMs: isOver ? 0 : connection.sendingUntilMs };
  });
}
