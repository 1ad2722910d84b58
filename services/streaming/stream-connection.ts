/** How API Gateway and we name a connection: both are in every event of it. */
export interface ConnectionKey {
  readonly accountId: string;
  readonly connectionId: string;
}

/**
 * An open connection and what it follows. `orders`: LIVE gets each event as it is published; REPLAYING gets what it missed, by the function that
 * took its subscription, until `replayEndsAtMs` at the latest, and what is published meanwhile waits.
 */
export interface StreamConnection extends ConnectionKey {
  readonly connectedAtMs: number;
  readonly endsByMs: number;
  readonly symbols: readonly string[];
  readonly grouped: boolean;
  readonly orders: 'OFF' | 'LIVE' | 'REPLAYING';
  readonly replayEndsAtMs: number;
  /** Counts the changes, so that of two at once one goes first. */
  readonly revision: number;
}

/** API Gateway ends a connection after two hours. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const MAX_CONNECTION_MS = 2 * 3_600_000;

export function newConnection(key: ConnectionKey, nowMs: number): StreamConnection {
  return {
    ...key,
    connectedAtMs: nowMs,
    endsByMs: nowMs + MAX_CONNECTION_MS,
    symbols: [],
    grouped: false,
    orders: 'OFF',
    replayEndsAtMs: 0,
    revision: 0,
  };
}

export const isReplaying = (connection: StreamConnection, nowMs: number): boolean =>
  connection.orders === 'REPLAYING' && nowMs < connection.replayEndsAtMs;
