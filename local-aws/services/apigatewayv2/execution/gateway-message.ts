import type { GatewayRequest } from './events.ts';

/** What API Gateway itself says to a client: over the socket, and as the body of a refused handshake. */
export function gatewayMessage({ connection, requestId }: GatewayRequest, message: string): string {
  return `{"message": ${JSON.stringify(message)}, "connectionId":"${connection.id}", "requestId":"${requestId}"}`;
}
