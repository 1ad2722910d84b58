import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { issueApiKey } from './api-key-desk.ts';
import { API_KEY_VARIABLES, connectApiKeys, connectPlanKeys, newApiKey, PLAN_VARIABLES } from './api-keys-wiring.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';

const config = readConfig([...CLIENT_VARIABLES, ...API_KEY_VARIABLES, ...PLAN_VARIABLES]);
const ports = {
  clients: connectClients(config),
  keys: connectApiKeys(config),
  planKeys: connectPlanKeys(config),
  newApiKey,
};

export const handler = apiHandler(ROUTES.issueApiKey, (request) => issueApiKey(request, request.path.clientId, ports));
