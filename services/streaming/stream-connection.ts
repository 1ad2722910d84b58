/** How API Gateway and we name a connection: both are in every event of it. */
export interface ConnectionKey {
  readonly accountId: string;
  readonly connectionId: string;
}

/**
 * An open connection and what it follows. `orders`: LIVE gets each event as it happens; REPLAYING gets what it missed, by the function that
 * took its subscription, until `replayEndsAtMs` at the latest, and what happens meanwhile waits.
 */
export interface StreamConnection extends ConnectionKey {
  readonly connectedAtMs: number;
  readonly endsByMs: number;
  readonly symbols: readonly string[];
  readonly grouped: boolean;
  readonly orders: 'OFF' | 'LIVE' | 'REPLAYING';
  readonly replayEndsAtMs: number;
  /** Ids of the events that it could not take when they happened, in order: while there are any, newer ones wait behind them. */
  readonly waiting: readonly string[];
  /** Until then what waits is being sent, by one alone. */
  readonly sendingUntilMs: number;
  /** Ids of the events that its last replay brought soon after they happened: the audit stream may bring them yet. */
  readonly replayed: readonly string[];
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
    waiting: [],
    sendingUntilMs: 0,
    replayed: [],
    revision: 0,
  };
}

export const isReplaying = (connection: StreamConnection, nowMs: number): boolean =>
  connection.orders === 'REPLAYING' && nowMs < connection.replayEndsAtMs;

/** Whether events are for it, at once or later. A replay that was cut off has left a gap, so that nothing may follow it. */
export const followsOrders = (connection: StreamConnection, nowMs: number): boolean =>
  connection.orders === 'LIVE' || isReplaying(connection, nowMs);
