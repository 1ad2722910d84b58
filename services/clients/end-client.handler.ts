import { ROUTES } from '@brokerage/contracts/routes/routes';
import { connectPersonalData, PERSONAL_DATA_VARIABLES } from '../accounts/personal-data-wiring.ts';
import { apiDesk } from '../platform/api-desk.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { API_KEY_VARIABLES, connectApiKeys, connectPlanKeys, PLAN_VARIABLES } from './api-keys-wiring.ts';
import { createClientRecordsStore } from './client-records-store.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';
import { closeClient } from './close-client.ts';
import { createCloseAccount } from './closing-store.ts';
import { eraseClient } from './erase-client.ts';

const config = readConfig([
  ...CLIENT_VARIABLES,
  ...PERSONAL_DATA_VARIABLES,
  ...API_KEY_VARIABLES,
  ...PLAN_VARIABLES,
  'LEDGER_TABLE',
  'ORDERS_TABLE',
  'TRANSFERS_TABLE',
]);
const tables = createTables(dynamodb);
const names = {
  accounts: config.ACCOUNTS_TABLE,
  ledger: config.LEDGER_TABLE,
  orders: config.ORDERS_TABLE,
  transfers: config.TRANSFERS_TABLE,
  apiKeys: config.API_KEYS_TABLE,
  staffActions: config.STAFF_ACTIONS_TABLE,
};
const ports = {
  clients: connectClients(config),
  records: createClientRecordsStore(tables, names),
  keys: connectApiKeys(config),
  planKeys: connectPlanKeys(config),
  vault: connectPersonalData(config),
  closeAccount: createCloseAccount(tables, names),
};

export const handler = apiDesk(
  [ROUTES.closeClient, apiHandler(ROUTES.closeClient, (request) => closeClient(request, request.path.clientId, ports))],
  [ROUTES.eraseClient, apiHandler(ROUTES.eraseClient, (request) => eraseClient(request, request.path.clientId, ports))],
);
