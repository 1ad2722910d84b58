/** Quotas of WebSocket APIs. Source: apigateway-execution-service-websocket-limits-table.html. */
export const MAX_MESSAGE_BYTES = 128 * 1024;
export const MAX_FRAME_BYTES = 32 * 1024;
export const IDLE_TIMEOUT_MS = 10 * 60 * 1000;
export const MAX_DURATION_MS = 2 * 60 * 60 * 1000;
export const MAX_AUTHORIZER_RESULT_BYTES = 8 * 1024;
export const MIN_INTEGRATION_TIMEOUT_MS = 50;
export const MAX_INTEGRATION_TIMEOUT_MS = 29_000;
/** New connections an account and region. */
export const NEW_CONNECTIONS = { ratePerSecond: 500, burst: 500 };

/** What may wait for a slow client: two of the largest messages. AWS has such a bound and publishes no figure. */
export const MAX_BUFFERED_BYTES = 2 * MAX_MESSAGE_BYTES;

/**
 * Messages of one client that functions are at work on; no more are read from it until one is done.
 *
 * Differs from AWS, which reads on: there the account's throttle stands in front of the functions.
 */
export const MAX_MESSAGES_UNDER_WAY = 64;
