import { APIGatewayClient } from '@aws-sdk/client-api-gateway';

/** API Gateway's control plane: keys of usage plans. */
export const apiGateway = new APIGatewayClient({});
