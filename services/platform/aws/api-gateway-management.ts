import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { sendDirectly } from './direct-send.ts';

/** `endpoint` is that of the WebSocket API's stage. Who sends decides what a refusal means, so that the SDK repeats nothing by itself. */
export function createManagementClient(endpoint: string): ApiGatewayManagementApiClient {
  return sendDirectly(new ApiGatewayManagementApiClient({ endpoint, maxAttempts: 1 }));
}
