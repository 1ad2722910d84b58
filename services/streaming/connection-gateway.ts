import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

/** GONE: the connection is closed and never comes back. THROTTLED: too much for now, for it or for the account. */
export type SendOutcome = 'SENT' | 'GONE' | 'THROTTLED';

/** Sends one text frame to a connection. What API Gateway was not known to answer is thrown. */
export type SendFrame = (connectionId: string, text: string) => Promise<SendOutcome>;

const GONE = 410;
const TOO_MANY_REQUESTS = 429;
const encoder = new TextEncoder();

export function createSendFrame(client: ApiGatewayManagementApiClient): SendFrame {
  return async (connectionId, text) => {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: encoder.encode(text) }));
      return 'SENT';
    } catch (error) {
      const status = statusOf(error);
      if (status === GONE) return 'GONE';
      if (status === TOO_MANY_REQUESTS) return 'THROTTLED';
      throw error;
    }
  };
}

/** Ends a connection, whether or not it is still there. */
export type CloseConnection = (connectionId: string) => Promise<void>;

export function createCloseConnection(client: ApiGatewayManagementApiClient): CloseConnection {
  return async (connectionId) => {
    try {
      await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    } catch (error) {
      if (statusOf(error) !== GONE) throw error;
    }
  };
}

function statusOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
