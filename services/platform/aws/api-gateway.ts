import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

/** API Gateway's control plane: keys of usage plans. */
export const apiGateway = lean(new APIGatewayClient(LEAN_OPTIONS));
