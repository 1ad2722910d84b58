import { type ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';

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
      const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
      if (status === GONE) return 'GONE';
      if (status === TOO_MANY_REQUESTS) return 'THROTTLED';
      throw error;
    }
  };
}
