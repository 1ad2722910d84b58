import { ROUTES } from '@brokerage/contracts/routes/routes';
import { connectPersonalData, PERSONAL_DATA_VARIABLES } from '../accounts/personal-data-wiring.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { revokeAction } from './api-keys-store.ts';
import { API_KEY_VARIABLES, connectApiKeys, connectPlanKeys, PLAN_VARIABLES } from './api-keys-wiring.ts';
import { createClientRecordsStore } from './client-records-store.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';
import { type EraseClientPorts, eraseClient } from './erase-client.ts';

const config = readConfig([
  ...CLIENT_VARIABLES,
  ...PERSONAL_DATA_VARIABLES,
  ...API_KEY_VARIABLES,
  ...PLAN_VARIABLES,
  'LEDGER_TABLE',
]);
const tableNames = { accounts: config.ACCOUNTS_TABLE, ledger: config.LEDGER_TABLE };
const ports: EraseClientPorts = {
  clients: connectClients(config),
  records: createClientRecordsStore(createTables(dynamodb), tableNames),
  keys: connectApiKeys(config),
  planKeys: connectPlanKeys(config),
  vault: connectPersonalData(config),
  revoke: (key, atMs) => revokeAction(config.API_KEYS_TABLE, key, atMs),
};

export const handler = apiHandler(ROUTES.eraseClient, (request) => eraseClient(request, request.path.clientId, ports));
