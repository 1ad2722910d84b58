import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

/** `endpoint` is that of the WebSocket API's stage. Who sends decides what a refusal means, so that the SDK repeats nothing by itself. */
export function createManagementClient(endpoint: string): ApiGatewayManagementApiClient {
  return lean(new ApiGatewayManagementApiClient({ ...LEAN_OPTIONS, endpoint, maxAttempts: 1 }));
}
