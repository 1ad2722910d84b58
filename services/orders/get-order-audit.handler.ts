import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { createAuditTrailReader } from '../platform/audit-item.ts';
import { readConfig } from '../platform/config.ts';
import { tables } from './books-wiring.ts';
import { createOrderReads } from './dynamo-order-reads.ts';
import { getOrderAudit } from './get-order-audit.ts';

const config = readConfig(['ORDERS_TABLE', 'AUDIT_TABLE']);
const orders = createOrderReads(tables, config.ORDERS_TABLE);
const readAuditTrail = createAuditTrailReader(tables, config.AUDIT_TABLE);

export const handler = apiHandler(ROUTES.getOrderAudit, ({ caller, path }) =>
  getOrderAudit(orders, readAuditTrail, caller.accountId, path.orderId),
);
