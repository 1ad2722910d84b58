import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import type { AlertItem } from './alert.ts';
import { listAlerts, type ReadAlerts } from './list-alerts.ts';

const config = readConfig(['ALERTS_TABLE']);
const tables = createTables(dynamodb);

const readAlerts: ReadAlerts = async (month, afterId, limit) => {
  const { items, lastKey } = await tables.query<AlertItem>({
    table: config.ALERTS_TABLE,
    key: { expression: '#month = :month', names: { '#month': 'month' }, values: { ':month': month } },
    limit,
    newestFirst: true,
    after: afterId === null ? null : { month, alertId: afterId },
  });
  return { alerts: items, lastId: lastKey ? String(lastKey.alertId) : null };
};

export const handler = apiHandler(ROUTES.listAlerts, ({ query, nowMs }) => listAlerts(query, nowMs, readAlerts));
