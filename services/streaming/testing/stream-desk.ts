import type { StreamMessage } from '@brokerage/contracts/stream';
import type { Instrument } from '@brokerage/domain/instruments/instrument';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { createLog } from '../../platform/log.ts';
import type { SendOutcome } from '../connection-gateway.ts';
import { eventIdOf } from '../send-orders.ts';
import { type ConnectionKey, newConnection, type StreamConnection } from '../stream-connection.ts';
import type { StreamConnectionsStore } from '../stream-connections-store.ts';

const idOf = ({ accountId, connectionId }: ConnectionKey): string => `${accountId}/${connectionId}`;

/** The table StreamConnections in memory. */
export class MemoryConnections implements StreamConnectionsStore {
  readonly #items = new Map<string, StreamConnection>();
  /** Runs before the next write: what others do meanwhile. */
  beforeSave: (() => void) | null = null;

  open(key: ConnectionKey, fields: Partial<StreamConnection> = {}): ConnectionKey {
    this.#items.set(idOf(key), { ...newConnection(key, 0), revision: 1, ...fields });
    return key;
  }

  at(key: ConnectionKey): StreamConnection | undefined {
    return this.#items.get(idOf(key));
  }

  find = async (key: ConnectionKey) => this.at(key) ?? null;
  followedAccounts = async () =>
    new Set([...this.#items.values()].filter(({ orders }) => orders !== 'OFF').map(({ accountId }) => accountId));
  ofAccount = async (accountId: string) => [...this.#items.values()].filter((item) => item.accountId === accountId);
  remove = async (key: ConnectionKey) => void this.#items.delete(idOf(key));
  priceSubscribers = async () => [...this.#items.values()].filter(({ symbols }) => symbols.length > 0);

  save = async (connection: StreamConnection, former: StreamConnection | null) => {
    const meanwhile = this.beforeSave;
    this.beforeSave = null;
    meanwhile?.();
    if (this.at(connection)?.revision !== former?.revision) return false;
    this.#items.set(idOf(connection), { ...connection, revision: (former?.revision ?? 0) + 1 });
    return true;
  };
}

/** Frames as they were sent; what API Gateway answers next to a connection is set by `outcomes`. */
export class SentFrames {
  readonly frames: { readonly connectionId: string; readonly message: StreamMessage }[] = [];
  readonly outcomes = new Map<string, (SendOutcome | Error)[]>();

  send = async (connectionId: string, text: string): Promise<SendOutcome> => {
    const outcome = this.outcomes.get(connectionId)?.shift() ?? 'SENT';
    if (outcome instanceof Error) throw outcome;
    if (outcome === 'SENT') this.frames.push({ connectionId, message: JSON.parse(text) as StreamMessage });
    return outcome;
  };

  to(connectionId: string): readonly StreamMessage[] {
    return this.frames.filter((frame) => frame.connectionId === connectionId).map(({ message }) => message);
  }
}

/** The desk of a brokerage that knows PETR4 and VALE3 and these events. */
export function aStreamDesk(events: readonly OrderEvent[] = []) {
  const connections = new MemoryConnections();
  const sent = new SentFrames();
  const find = async (accountId: string, eventId: string) =>
    events.find((event) => eventIdOf(event) === eventId && event.payload.order.accountId === accountId) ?? null;
  const since = async (_accountId: string, event: OrderEvent, limit: number) =>
    events.slice(events.indexOf(event) + 1).slice(0, limit);
  const named = async (eventIds: readonly string[]) =>
    eventIds.flatMap((eventId) => events.find((event) => eventIdOf(event) === eventId) ?? []);
  const known = new Set(['PETR4', 'VALE3', ...Array.from({ length: 120 }, (_none, index) => `KNOWN${index}`)]);
  return {
    connections,
    sent,
    events: { find, named, since },
    findInstrument: async (symbol: string) => (known.has(symbol) ? ({ symbol } as unknown as Instrument) : null),
    send: sent.send,
    pause: async (_delayMs: number) => {},
    now: () => 0,
    log: createLog({}, () => {}),
  };
}
