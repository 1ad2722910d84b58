import { ROUTES } from '@brokerage/contracts/routes/routes';
import { accountId } from '@brokerage/domain/identifiers';
import { apiHandler } from '../platform/api-handler.ts';
import { cancelAllOrders } from './cancel-all-orders.ts';
import { createRequestTools } from './request-wiring.ts';

const tools = createRequestTools();

export const handler = apiHandler(ROUTES.cancelAllOrders, ({ caller, correlationId }) =>
  cancelAllOrders(tools, accountId(caller.accountId), correlationId),
);
