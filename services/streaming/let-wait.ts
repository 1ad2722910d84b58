import { type ConnectionKey, followsOrders } from './stream-connection.ts';
import type { StreamConnectionsStore } from './stream-connections-store.ts';
import { changeConnection } from './stream-desk.ts';
import type { TellWaiting } from './waiting-message.ts';

/** Events that may wait for one connection: 40 bytes each of the 400 KB that an item may have. */
export const MAX_WAITING_EVENTS = 2_000;

interface WaitingDesk {
  readonly connections: Pick<StreamConnectionsStore, 'find' | 'save'>;
  readonly tellWaiting: TellWaiting;
}

/**
 * Puts events behind what waits for a connection already. The queue is told each time and not of the first event alone: a crash between the two is then
 * made good by the batch that comes again, and a message where nothing waits costs a read. For whom too many wait gets no more, and is
 * closed: coming back with `after` it misses nothing.
 */
export async function letWait(
  { accountId, connectionId }: ConnectionKey,
  eventIds: readonly string[],
  nowMs: number,
  { connections, tellWaiting }: WaitingDesk,
): Promise<void> {
  const key = { accountId, connectionId };
  let isOverrun = false;
  const changed = await changeConnection(connections, key, (connection) => {
    isOverrun = false;
    if (!followsOrders(connection, nowMs)) return null;
    const { waiting, replayed } = connection;
    const more = eventIds.filter((eventId) => !waiting.includes(eventId) && !replayed.includes(eventId));
    isOverrun = waiting.length + more.length > MAX_WAITING_EVENTS;
    return isOverrun ? null : { ...connection, waiting: [...waiting, ...more] };
  });
  if (!changed && !isOverrun) return;
  await tellWaiting({ ...key, isOverrun });
  // Only now: the batch that comes again after a crash must find it as it was.
  if (isOverrun)
    await changeConnection(connections, key, (connection) => ({ ...connection, orders: 'OFF', waiting: [] }));
}
