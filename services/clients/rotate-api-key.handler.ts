import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { rotateApiKey } from './api-key-desk.ts';
import { API_KEY_VARIABLES, connectApiKeys, newApiKey } from './api-keys-wiring.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';

const config = readConfig([...CLIENT_VARIABLES, ...API_KEY_VARIABLES]);
const ports = { clients: connectClients(config), keys: connectApiKeys(config), newApiKey };

export const handler = apiHandler(ROUTES.rotateApiKey, (request) => rotateApiKey(request, request.path, ports));
