import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { cancelOrder } from './cancel-order.ts';
import { createRequestTools } from './request-wiring.ts';

const tools = createRequestTools();

export const handler = apiHandler(ROUTES.cancelOrder, ({ caller, path, correlationId }) =>
  cancelOrder(tools, caller.accountId, path.orderId, correlationId),
);
