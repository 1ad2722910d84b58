import { ROUTES } from '@brokerage/contracts/routes/routes';
import { createCpfIndex } from '../accounts/cpf-index-gateway.ts';
import { connectPersonalData, PERSONAL_DATA_VARIABLES } from '../accounts/personal-data-wiring.ts';
import { apiDesk } from '../platform/api-desk.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { kms } from '../platform/aws/kms.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { API_KEY_VARIABLES, connectApiKeys, connectPlanKeys, newApiKey, PLAN_VARIABLES } from './api-keys-wiring.ts';
import { createStaff, issueStaffKey, listStaff, type StaffPorts, suspendStaff } from './staff-desk.ts';
import { createStaffStore } from './staff-store.ts';

const config = readConfig([
  'ACCOUNTS_TABLE',
  ...PERSONAL_DATA_VARIABLES,
  'CPF_INDEX_KEY',
  ...API_KEY_VARIABLES,
  ...PLAN_VARIABLES,
]);
const ports: StaffPorts = {
  staff: createStaffStore(createTables(dynamodb), {
    accounts: config.ACCOUNTS_TABLE,
    apiKeys: config.API_KEYS_TABLE,
    staffActions: config.STAFF_ACTIONS_TABLE,
  }),
  keys: connectApiKeys(config),
  planKeys: connectPlanKeys(config),
  newApiKey,
  vault: connectPersonalData(config),
  index: createCpfIndex(kms, config.CPF_INDEX_KEY),
};

export const handler = apiDesk(
  [ROUTES.createStaff, apiHandler(ROUTES.createStaff, (request) => createStaff(request, ports))],
  [ROUTES.listStaff, apiHandler(ROUTES.listStaff, () => listStaff(ports.staff))],
  [
    ROUTES.suspendStaff,
    apiHandler(ROUTES.suspendStaff, (request) => suspendStaff(request, request.path.staffId, ports)),
  ],
  [
    ROUTES.issueStaffKey,
    apiHandler(ROUTES.issueStaffKey, (request) => issueStaffKey(request, request.path.staffId, ports)),
  ],
);
