import { type ConnectionKey, newConnection, type StreamConnection } from './stream-connection.ts';
import type { StreamConnectionsStore } from './stream-connections-store.ts';

/** A trading desk's screens and programs. Each event of the account's orders is sent to all of them, so that there must be an end. */
export const MAX_CONNECTIONS_PER_ACCOUNT = 250;

/**
 * Takes a connection in, or refuses it (false) when the account has its fill. Written first and counted after: of those that come at once each sees
 * the others, and the same ones stay, the oldest.
 */
export async function connectStream(
  key: ConnectionKey,
  nowMs: number,
  store: Pick<StreamConnectionsStore, 'save' | 'ofAccount' | 'remove'>,
): Promise<boolean> {
  const connection = newConnection(key, nowMs);
  await store.save(connection, null);
  const open = (await store.ofAccount(key.accountId)).filter(({ endsByMs }) => endsByMs > nowMs);
  if (open.length <= MAX_CONNECTIONS_PER_ACCOUNT) return true;
  if (open.filter((other) => isOlder(other, connection)).length < MAX_CONNECTIONS_PER_ACCOUNT) return true;
  await store.remove(key);
  return false;
}

function isOlder(a: StreamConnection, b: StreamConnection): boolean {
  if (a.connectedAtMs !== b.connectedAtMs) return a.connectedAtMs < b.connectedAtMs;
  return a.connectionId < b.connectionId;
}
