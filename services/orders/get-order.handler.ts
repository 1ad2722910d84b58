import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { tables } from './books-wiring.ts';
import { createOrderReads } from './dynamo-order-reads.ts';
import { getOrder } from './get-order.ts';

const config = readConfig(['ORDERS_TABLE']);
const orders = createOrderReads(tables, config.ORDERS_TABLE);

export const handler = apiHandler(ROUTES.getOrder, ({ caller, path }) =>
  getOrder(orders, caller.accountId, path.orderId),
);
