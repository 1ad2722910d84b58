import type { StreamMessage } from '@brokerage/contracts/stream';
import type { Instrument } from '@brokerage/domain/instruments/instrument';
import type { Log } from '../platform/log.ts';
import { type Pause, retryDelayMs } from '../platform/pause.ts';
import type { AccountEventsStore } from './account-events-store.ts';
import type { SendFrame, SendOutcome } from './connection-gateway.ts';
import type { ConnectionKey, StreamConnection } from './stream-connection.ts';
import type { StreamConnectionsStore } from './stream-connections-store.ts';

/** What answering a client's frame needs. */
export interface StreamDesk {
  readonly connections: StreamConnectionsStore;
  readonly events: AccountEventsStore;
  readonly findInstrument: (symbol: string) => Promise<Instrument | null>;
  readonly send: SendFrame;
  readonly pause: Pause;
  readonly now: () => number;
  readonly log: Log;
}

const MAX_SENDS = 8;
const MAX_CHANGES = 8;

/** Sends, and again where API Gateway takes no more for the moment. A connection that is gone is removed. */
export async function tell(
  desk: Pick<StreamDesk, 'send' | 'pause' | 'connections'>,
  key: ConnectionKey,
  message: StreamMessage,
): Promise<SendOutcome> {
  const text = JSON.stringify(message);
  let outcome = await desk.send(key.connectionId, text);
  for (let sends = 1; outcome === 'THROTTLED' && sends < MAX_SENDS; sends += 1) {
    await desk.pause(retryDelayMs(sends));
    outcome = await desk.send(key.connectionId, text);
  }
  if (outcome === 'GONE') await desk.connections.remove(key);
  return outcome;
}

/** Changes the connection as it is now. `change` gives null for what must not be; the answer is null then, and when the connection is gone. */
export async function changeConnection(
  connections: Pick<StreamConnectionsStore, 'find' | 'save'>,
  key: ConnectionKey,
  change: (connection: StreamConnection) => StreamConnection | null,
): Promise<StreamConnection | null> {
  for (let tries = 0; tries < MAX_CHANGES; tries += 1) {
    const former = await connections.find(key);
    const changed = former && change(former);
    if (!changed) return null;
    if (await connections.save(changed, former)) return changed;
  }
  throw new Error(`connection ${key.connectionId} was changed by others ${MAX_CHANGES} times`);
}
