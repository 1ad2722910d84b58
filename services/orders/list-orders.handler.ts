import { ROUTES } from '@brokerage/contracts/routes/routes';
import { accountId } from '@brokerage/domain/identifiers';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { tables } from './books-wiring.ts';
import { createOrderReads } from './dynamo-order-reads.ts';
import { listOrders } from './list-orders.ts';

const config = readConfig(['ORDERS_TABLE']);
const orders = createOrderReads(tables, config.ORDERS_TABLE);

export const handler = apiHandler(ROUTES.listOrders, ({ caller, query }) =>
  listOrders(orders, accountId(caller.accountId), query),
);
