import type { RequestHeaders } from '../../../gateway/headers.ts';
import { randomToken } from '../../../gateway/identifiers.ts';
import type { QueryParameters } from '../../../gateway/query-string.ts';
import { requestTime } from '../../../gateway/request-time.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { ConnectionFacts } from './connection-facts.ts';

/** One handshake, message or disconnection. */
export interface GatewayRequest {
  readonly connection: ConnectionFacts;
  readonly requestId: string;
  readonly atMs: number;
}

export interface Handshake extends GatewayRequest {
  readonly headers: RequestHeaders;
  readonly query: QueryParameters;
}

export function openRequest(kernel: Kernel, connection: ConnectionFacts): GatewayRequest {
  return { connection, requestId: randomToken(kernel.random), atMs: kernel.clock.nowMs() };
}

/** The events of the proxy integration, as JSON text. Source: "Set up data mapping for WebSocket APIs", events as AWS sends them. */
export function connectEvent(handshake: Handshake): string {
  const { headers, query } = handshake;
  return JSON.stringify({
    headers: headers.single,
    multiValueHeaders: headers.multiple,
    queryStringParameters: query.single ?? undefined,
    multiValueQueryStringParameters: query.multiple ?? undefined,
    requestContext: requestContext(handshake, '$connect', 'CONNECT'),
    isBase64Encoded: false,
  });
}

/** Source: "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers". */
export function authorizerEvent(handshake: Handshake): string {
  const { headers, query, connection } = handshake;
  return JSON.stringify({
    type: 'REQUEST',
    methodArn: `${connection.stage.arn}/$connect`,
    headers: headers.single,
    multiValueHeaders: headers.multiple,
    queryStringParameters: query.single ?? {},
    multiValueQueryStringParameters: query.multiple ?? {},
    stageVariables: {},
    requestContext: requestContext(handshake, '$connect', 'CONNECT'),
  });
}

/** `messageId` is the client's message. */
export function messageEvent(request: GatewayRequest, routeKey: string, messageId: string, body: string): string {
  return JSON.stringify({
    requestContext: requestContext(request, routeKey, 'MESSAGE', { messageId }),
    body,
    isBase64Encoded: false,
  });
}

export function disconnectEvent(request: GatewayRequest, code: number, reason: string): string {
  const { connection } = request;
  const headers = { Host: connection.stage.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  return JSON.stringify({
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: requestContext(request, '$disconnect', 'DISCONNECT', {
      disconnectStatusCode: code,
      disconnectReason: reason,
    }),
    isBase64Encoded: false,
  });
}

function requestContext(
  { connection, requestId, atMs }: GatewayRequest,
  routeKey: string,
  eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT',
  members: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { stage, sourceIp, userAgent } = connection;
  return {
    routeKey,
    authorizer: connection.authorizer,
    ...members,
    eventType,
    extendedRequestId: requestId,
    requestTime: requestTime(atMs),
    messageDirection: 'IN',
    stage: stage.name,
    connectedAt: connection.connectedAtMs,
    requestTimeEpoch: atMs,
    identity: { userAgent, sourceIp },
    requestId,
    domainName: stage.domainName,
    connectionId: connection.id,
    apiId: stage.apiId,
  };
}
