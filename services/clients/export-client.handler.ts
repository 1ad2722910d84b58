import { ROUTES } from '@brokerage/contracts/routes/routes';
import { connectPersonalData, PERSONAL_DATA_VARIABLES } from '../accounts/personal-data-wiring.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';
import { exportClient } from './export-client.ts';
import { exportSections } from './export-sections-store.ts';

const config = readConfig([
  ...CLIENT_VARIABLES,
  ...PERSONAL_DATA_VARIABLES,
  'LEDGER_TABLE',
  'TRANSFERS_TABLE',
  'AUDIT_TABLE',
  'OUTBOX_TABLE',
  'API_KEYS_TABLE',
]);
const ports = {
  clients: connectClients(config),
  vault: connectPersonalData(config),
  sections: exportSections(createTables(dynamodb), {
    accounts: config.ACCOUNTS_TABLE,
    ledger: config.LEDGER_TABLE,
    transfers: config.TRANSFERS_TABLE,
    audit: config.AUDIT_TABLE,
    outbox: config.OUTBOX_TABLE,
    apiKeys: config.API_KEYS_TABLE,
    staffActions: config.STAFF_ACTIONS_TABLE,
  }),
};

export const handler = apiHandler(ROUTES.exportClient, (request) =>
  exportClient(request, { clientId: request.path.clientId, cursor: request.query.cursor }, ports),
);
