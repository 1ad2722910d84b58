import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiDesk } from '../platform/api-desk.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { issueApiKey, listApiKeys, revokeApiKey, rotateApiKey } from './api-key-desk.ts';
import { API_KEY_VARIABLES, connectApiKeys, connectPlanKeys, newApiKey, PLAN_VARIABLES } from './api-keys-wiring.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';

const config = readConfig([...CLIENT_VARIABLES, ...API_KEY_VARIABLES, ...PLAN_VARIABLES]);
const ports = {
  clients: connectClients(config),
  keys: connectApiKeys(config),
  planKeys: connectPlanKeys(config),
  newApiKey,
};

export const handler = apiDesk(
  [ROUTES.issueApiKey, apiHandler(ROUTES.issueApiKey, (request) => issueApiKey(request, request.path.clientId, ports))],
  [ROUTES.listApiKeys, apiHandler(ROUTES.listApiKeys, ({ path }) => listApiKeys(path.clientId, ports))],
  [ROUTES.rotateApiKey, apiHandler(ROUTES.rotateApiKey, (request) => rotateApiKey(request, request.path, ports))],
  [ROUTES.revokeApiKey, apiHandler(ROUTES.revokeApiKey, (request) => revokeApiKey(request, request.path, ports))],
);
